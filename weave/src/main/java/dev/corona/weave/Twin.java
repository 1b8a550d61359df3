package dev.corona.weave;

import dev.corona.weave.analysis.Twins;

import java.lang.classfile.ClassFile;
import java.lang.reflect.AccessFlag;

/** Tells woven class files from plain ones. */
final class Twin {
    private Twin() {}

    /** Whether the weaver has given a method of the class a resumable form. */
    static boolean isIn(byte[] classFile) {
        return ClassFile.of().parse(classFile).methods().stream()
                .anyMatch(
                        m ->
                                m.flags().has(AccessFlag.SYNTHETIC)
                                        && m.methodTypeSymbol()
                                                .parameterList()
                                                .contains(Twins.STRAND));
    }
}
