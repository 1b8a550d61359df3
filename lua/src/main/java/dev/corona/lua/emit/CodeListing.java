package dev.corona.lua.emit;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.Instruction;
import java.lang.classfile.Label;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.LabelTarget;
import java.lang.classfile.instruction.LineNumber;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** The classes that a chunk is compiled to, as text. */
public final class CodeListing {
    private final StringBuilder text = new StringBuilder();
    private final Map<Label, Integer> labels = new HashMap<>();

    private CodeListing() {}

    /**
     * @param name the chunk's name, such as {@code @file.lua}
     * @throws dev.corona.lua.syntax.SyntaxError if it is not Lua
     */
    public static String of(byte[] source, String name) {
        ChunkText chunk = new ChunkText(source, name, false, false);
        Map<String, byte[]> classes = new LinkedHashMap<>();
        Compiler.emit(chunk.lower(), new ChunkConstants(chunk), chunk.chunk(), false, classes);
        CodeListing listing = new CodeListing();
        classes.values().forEach(bytes -> listing.append(ClassFile.of().parse(bytes)));
        return listing.text.toString();
    }

    private void append(ClassModel model) {
        text.append("class ").append(model.thisClass().asInternalName()).append('\n');
        for (MethodModel method : model.methods()) append(method);
        text.append('\n');
    }

    private void append(MethodModel method) {
        text.append("  ").append(method.methodName()).append(method.methodType()).append('\n');
        labels.clear();
        method.code().ifPresent(code -> code.forEach(this::append));
    }

    private void append(CodeElement element) {
        switch (element) {
            case LabelTarget t -> text.append("   ").append(number(t.label())).append(":\n");
            case LineNumber l -> text.append("   -- line ").append(l.line()).append('\n');
            case BranchInstruction b ->
                    text.append("      ")
                            .append(b.opcode())
                            .append(' ')
                            .append(number(b.target()))
                            .append('\n');
            case Instruction i -> text.append("      ").append(i).append('\n');
            default -> {}
        }
    }

    private String number(Label label) {
        return "L" + labels.computeIfAbsent(label, unseen -> labels.size());
    }
}
