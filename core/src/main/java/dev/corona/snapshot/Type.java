package dev.corona.snapshot;

import java.util.ArrayList;
import java.util.List;

/**
 * How objects are stored, as the snapshot has it: enough to refuse a program that is another one, by name.
 *
 * @param className of the objects; for a codec or host object, the codec's name or nothing
 * @param details what must be the same when it is read: fields, or the code of a frame
 */
record Type(Kind kind, String className, List<String> details) {
    /** The kinds of handlers; the ordinals are part of the format. */
    enum Kind {
        STRING,
        BOX,
        CLASS,
        ENUM,
        ARRAY,
        FIELDS,
        FRAME,
        LAMBDA,
        RECORD,
        SERIAL,
        HOST,
        CODEC,
        ENGINE,
        SHARED
    }

    Type {
        details = List.copyOf(details);
    }

    /** Whether objects of it belong to code, which the first detail names the class of. */
    boolean isCode() {
        return kind == Kind.FRAME || kind == Kind.LAMBDA;
    }

    /** Every class that is loaded for it, by name. */
    List<String> classNames() {
        if (kind == Kind.HOST || kind == Kind.CODEC || kind == Kind.ENGINE) return List.of();
        List<String> names = new ArrayList<>();
        names.add(elementName(className));
        if (isCode()) names.add(details.getFirst());
        return names;
    }

    /** The class of the elements in the innermost dimension of an array class; of another class, its name. */
    static String elementName(String name) {
        int dimensions = name.lastIndexOf('[') + 1;
        if (dimensions == 0) return name;
        boolean isObject = name.length() > dimensions + 1 && name.endsWith(";");
        return isObject ? name.substring(dimensions + 1, name.length() - 1) : "int";
    }
}
