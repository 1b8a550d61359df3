package dev.corona.weave.analysis;

import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.Label;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.classfile.instruction.LabelTarget;
import java.lang.classfile.instruction.LocalVariable;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.AccessFlag;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A method with code, and where its labels are. */
public final class MethodBody {
    private final ClassDesc owner;
    private final MethodModel model;
    private final CodeModel code;
    private final List<CodeElement> elements;
    private final Map<Label, Integer> labels = new HashMap<>();
    private final List<LocalVariable> variables = new ArrayList<>();

    public MethodBody(ClassDesc owner, MethodModel model) {
        this.owner = owner;
        this.model = model;
        code = model.code().orElseThrow();
        elements = code.elementList();
        for (int i = 0; i < elements.size(); i++) {
            switch (elements.get(i)) {
                case LabelTarget target -> labels.put(target.label(), i);
                case LocalVariable variable -> variables.add(variable);
                default -> {}
            }
        }
    }

    public ClassDesc owner() {
        return owner;
    }

    public String name() {
        return model.methodName().stringValue();
    }

    public MethodTypeDesc type() {
        return model.methodTypeSymbol();
    }

    public boolean isStatic() {
        return model.flags().has(AccessFlag.STATIC);
    }

    /** Whether the class that declares it is an interface. */
    public boolean isInInterface() {
        return model.parent().orElseThrow().flags().has(AccessFlag.INTERFACE);
    }

    public MethodModel model() {
        return model;
    }

    public CodeModel code() {
        return code;
    }

    /** Instructions, labels and debugging information, in order; other analyses give positions as indexes into it. */
    public List<CodeElement> elements() {
        return elements;
    }

    /** What the class file says of its local variables, for debuggers. */
    public List<LocalVariable> variables() {
        return variables;
    }

    public int maxLocals() {
        return ((CodeAttribute) code).maxLocals();
    }

    public int indexOf(Label label) {
        Integer index = labels.get(label);
        if (index == null) throw new AssertionError("a label outside of " + name());
        return index;
    }
}
