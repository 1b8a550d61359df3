package dev.corona.weave.transform;

import static java.lang.constant.ConstantDescs.CD_CallSite;
import static java.lang.constant.ConstantDescs.CD_MethodHandle;
import static java.lang.constant.ConstantDescs.CD_MethodHandles_Lookup;
import static java.lang.constant.ConstantDescs.CD_MethodType;
import static java.lang.constant.ConstantDescs.CD_String;

import dev.corona.weave.analysis.MethodBody;
import dev.corona.weave.analysis.Twins;

import java.lang.classfile.Annotation;
import java.lang.classfile.AnnotationElement;
import java.lang.classfile.attribute.RuntimeVisibleAnnotationsAttribute;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.DynamicCallSiteDesc;
import java.lang.constant.MethodHandleDesc;
import java.lang.constant.MethodTypeDesc;

/**
 * The constant that describes a method to its frames, linked when it first suspends.
 *
 * @param entry the static method that enters it again
 * @param accessor the name of the static method that gives it
 * @param source the name of the source file; empty if unknown
 */
record CodeConstant(
        MethodBody method, DirectMethodHandleDesc entry, String accessor, String source) {
    /** A string constant of a class file has at most this many bytes; a longer table is cut to lines. */
    private static final int LONGEST = 20_000;

    private static final DirectMethodHandleDesc LINK =
            MethodHandleDesc.ofMethod(
                    DirectMethodHandleDesc.Kind.STATIC,
                    Twins.CODE,
                    "link",
                    MethodTypeDesc.of(
                            CD_CallSite,
                            CD_MethodHandles_Lookup,
                            CD_String,
                            CD_MethodType,
                            CD_MethodHandle,
                            CD_String,
                            CD_String,
                            CD_String));

    DynamicCallSiteDesc callSite(MethodTypeDesc type, String table) {
        return DynamicCallSiteDesc.of(
                LINK,
                method.name(),
                type,
                entry,
                method.type().descriptorString(),
                source,
                table.length() > LONGEST ? table.replaceAll("\t[^\n]*", "") : table);
    }

    /** What says which code the method is about that carries it. */
    static RuntimeVisibleAnnotationsAttribute fingerprint(
            String method, String descriptor, String value, String frame) {
        return RuntimeVisibleAnnotationsAttribute.of(
                Annotation.of(
                        Twins.FINGERPRINT,
                        AnnotationElement.ofString("method", method),
                        AnnotationElement.ofString("descriptor", descriptor),
                        AnnotationElement.ofString("value", value),
                        AnnotationElement.ofString("frame", frame)));
    }
}
