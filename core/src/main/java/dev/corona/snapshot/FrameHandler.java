package dev.corona.snapshot;

import dev.corona.errors.SnapshotException;
import dev.corona.snapshot.Type.Kind;
import dev.corona.woven.Code;
import dev.corona.woven.CodeLoader;
import dev.corona.woven.Fingerprint;
import dev.corona.woven.Frame;
import dev.corona.woven.Frames;

import org.jspecify.annotations.Nullable;

import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Frames of one method. The method must have the same fingerprint when they are read. */
final class FrameHandler extends Handler {
    /** The label of a frame's caller, which errors leave out. */
    static final String PARENT = "";

    /** With the fields of the frame, the fingerprint of methods that Corona's authors wrote in resumable form. */
    private static final String BY_HAND = "by hand";

    /** For a class the methods that give the code of its methods, by name and descriptor of these. */
    private static final ClassValue<Map<String, Method>> ACCESSORS =
            new ClassValue<>() {
                @Override
                protected Map<String, Method> computeValue(Class<?> type) {
                    return accessors(type);
                }
            };

    private final Constructor<?> allocator;
    private final Fields fields;
    private final boolean isWide;
    private final @Nullable Source source;
    private @Nullable Code code;

    private FrameHandler(
            Class<?> frame, List<String> details, @Nullable Source source, @Nullable Code code) {
        super(new Type(Kind.FRAME, frame.getName(), details));
        this.source = source;
        this.code = code;
        isWide = frame == Frames.Wide.class;
        allocator = ObjectHandlers.allocator(frame);
        fields = Fields.of(frame, Frame.class);
    }

    /** For writing. */
    static FrameHandler of(Frame frame) {
        Class<?> type = frame.getClass();
        Code code = frame.code;
        Source source = find(code.owner(), code.method(), code.descriptor());
        String value = source == null ? byHand(type) : source.fingerprint();
        return new FrameHandler(type, details(code, value), source, code);
    }

    private static List<String> details(Code code, String value) {
        return List.of(code.owner().getName(), code.method(), code.descriptor(), value);
    }

    /** For reading; {@code owner} is the class that the snapshot names as the method's. */
    static FrameHandler of(Class<?> type, Class<?> owner, Type stored) {
        List<String> details = stored.details();
        String what = "method %s.%s%s".formatted(details.get(0), details.get(1), details.get(2));
        if (details.get(3).startsWith(BY_HAND)) return byHand(type, owner, what, stored);
        Source source = find(owner, details.get(1), details.get(2));
        if (source == null) throw new SnapshotException.Changed(what, "is gone or not woven");
        boolean same = source.fingerprint().equals(details.get(3)) && source.hasFrames(type);
        if (!same) throw new SnapshotException.Changed(what, "has changed");
        return new FrameHandler(type, details, source, null);
    }

    private static String byHand(Class<?> type) {
        return BY_HAND + " " + Fields.of(type, Frame.class).describe();
    }

    private static FrameHandler byHand(Class<?> type, Class<?> owner, String what, Type stored) {
        Code code = constant(type);
        if (code == null) code = constant(owner);
        if (code == null) throw new SnapshotException.Changed(what, "is gone");
        if (!details(code, byHand(type)).equals(stored.details())) {
            throw new SnapshotException.Changed(what, "has changed");
        }
        return new FrameHandler(type, stored.details(), null, code);
    }

    /** The code that a class has as a constant, for frames of its own or of a method; null if it has none. */
    private static @Nullable Code constant(Class<?> holder) {
        try {
            Field constant = holder.getDeclaredField("CODE");
            constant.setAccessible(true);
            return constant.get(null) instanceof Code code ? code : null;
        } catch (ReflectiveOperationException e) {
            return null;
        }
    }

    private static @Nullable Source find(Class<?> owner, String name, String descriptor) {
        if (owner.getClassLoader() instanceof CodeLoader loader)
            return new Loaded(loader, owner, name, descriptor);
        Method accessor = ACCESSORS.get(owner).get(name + descriptor);
        return accessor == null ? null : new Woven(accessor);
    }

    private static Map<String, Method> accessors(Class<?> owner) {
        Map<String, Method> found = new HashMap<>();
        for (Method method : owner.getDeclaredMethods()) {
            if (method.getReturnType() != Code.class) continue;
            Fingerprint mark = method.getDeclaredAnnotation(Fingerprint.class);
            if (mark != null) found.put(mark.method() + mark.descriptor(), method);
        }
        return Map.copyOf(found);
    }

    /** Where a method's code comes from. */
    private interface Source {
        String fingerprint();

        /** Whether its frames are of a class; the method's class may be initialized only by {@link #code}. */
        boolean hasFrames(Class<?> frame);

        Code code() throws ReflectiveOperationException;
    }

    /** What the weaver has added to the method's class. */
    private record Woven(Method accessor) implements Source {
        private Fingerprint mark() {
            return java.util.Objects.requireNonNull(
                    accessor.getDeclaredAnnotation(Fingerprint.class));
        }

        @Override
        public String fingerprint() {
            return mark().value();
        }

        @Override
        public boolean hasFrames(Class<?> frame) {
            return (Frames.class.getName() + "$" + mark().frame()).equals(frame.getName());
        }

        @Override
        public Code code() throws ReflectiveOperationException {
            accessor.setAccessible(true);
            return (Code) accessor.invoke(null);
        }
    }

    /** The loader of classes that were made at run time. */
    private record Loaded(CodeLoader loader, Class<?> owner, String method, String descriptor)
            implements Source {
        @Override
        public String fingerprint() {
            return loader.fingerprint(owner);
        }

        @Override
        public boolean hasFrames(Class<?> frame) {
            CodeLoader.Entry entry = loader.entry(owner, method, descriptor);
            return entry != null && entry.frame() == frame;
        }

        @Override
        public Code code() {
            CodeLoader.Entry entry = loader.entry(owner, method, descriptor);
            return java.util.Objects.requireNonNull(entry).code();
        }
    }

    @Override
    boolean isOfCoroutine() {
        return true;
    }

    @Override
    void write(Object object, ItemWriter out) throws Exception {
        Frame frame = (Frame) object;
        out.data().writeUnsigned(frame.pc);
        out.writeReference(PARENT, frame.parent);
        if (frame instanceof Frames.Wide wide) writeWide(wide, out);
        else fields.write(frame, out, field -> label(frame, field));
    }

    private static void writeWide(Frames.Wide frame, ItemWriter out) {
        out.data().writeUnsigned(frame.i.length);
        out.data().writeUnsigned(frame.j.length);
        out.data().writeUnsigned(frame.a.length);
        for (int each : frame.i) out.writeInt(each);
        for (long each : frame.j) out.writeLong(each);
        for (int k = 0; k < frame.a.length; k++) {
            out.writeReference(label(frame, "a" + k), frame.a[k]);
        }
    }

    private static String label(Frame frame, String field) {
        List<Code.Site> sites = frame.code.sites();
        if (frame.pc < sites.size()) {
            for (Code.Variable v : sites.get(frame.pc).variables()) {
                if (v.field().equals(field)) return "local variable " + v.name();
            }
        }
        return "a value on the operand stack";
    }

    @Override
    Object create(ItemReader in) throws Exception {
        int pc = (int) in.data().readUnsigned();
        Code meant = code();
        if (pc < 0 || pc >= meant.sites().size()) {
            throw new SnapshotException.Damaged("%s has no site %d".formatted(meant, pc));
        }
        Frame frame = isWide ? createWide(in) : (Frame) allocator.newInstance();
        frame.code = meant;
        frame.pc = pc;
        return frame;
    }

    private static Frame createWide(ItemReader in) {
        int[] sizes = new int[3];
        for (int k = 0; k < sizes.length; k++) {
            sizes[k] = (int) in.data().readUnsigned();
            if (sizes[k] < 0 || sizes[k] > 0xFFFF)
                throw new SnapshotException.Damaged("a frame of %d values".formatted(sizes[k]));
        }
        return new Frames.Wide(sizes[0], sizes[1], sizes[2]);
    }

    private Code code() throws ReflectiveOperationException {
        Code known = code;
        if (known == null && source != null) {
            known = source.code();
            code = known;
        }
        return java.util.Objects.requireNonNull(known);
    }

    @Override
    void fill(Object object, ItemReader in) throws Exception {
        Frame frame = (Frame) object;
        frame.parent = (Frame) in.readReference();
        if (!(frame instanceof Frames.Wide wide)) {
            fields.read(frame, in);
            return;
        }
        for (int k = 0; k < wide.i.length; k++) wide.i[k] = in.readInt();
        for (int k = 0; k < wide.j.length; k++) wide.j[k] = in.readLong();
        for (int k = 0; k < wide.a.length; k++) wide.a[k] = in.readReference();
    }

    @Override
    String describe(Object object) {
        StackTraceElement at = ((Frame) object).position();
        return "frame %s.%s (line %d)"
                .formatted(at.getClassName(), at.getMethodName(), at.getLineNumber());
    }

    /** A method that an older weaver wove, or a frame of Corona's that is not made for it. */
    @Override
    @Nullable String refusal(Object object) {
        if (source != null) return null;
        boolean byHand = object.getClass().isAnnotationPresent(dev.corona.woven.Stored.class);
        return byHand ? null : "its method has no fingerprint; weave it again with this version";
    }

    /** The variables that live in a frame, by name. */
    static List<SuspendedCall.Variable> variables(Frame frame) {
        List<SuspendedCall.Variable> found = new ArrayList<>();
        List<Code.Site> sites = frame.code.sites();
        if (frame.pc >= sites.size()) return found;
        for (Code.Variable v : sites.get(frame.pc).variables()) {
            Object raw = raw(frame, v.field());
            found.add(
                    new SuspendedCall.Variable(
                            v.name(), v.descriptor(), convert(raw, v.descriptor())));
        }
        return found;
    }

    private static @Nullable Object raw(Frame frame, String field) {
        if (frame instanceof Frames.Wide wide) {
            int index = Integer.parseInt(field.substring(1));
            return switch (field.charAt(0)) {
                case 'i' -> (Object) wide.i[index];
                case 'j' -> wide.j[index];
                default -> wide.a[index];
            };
        }
        try {
            return frame.getClass().getField(field).get(frame);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError("a frame has the fields of its sites", e);
        }
    }

    /** A variable as its declaration has it; the frame has floats and doubles by their bits. */
    private static @Nullable Object convert(@Nullable Object raw, String descriptor) {
        return switch (descriptor) {
            case "Z" -> raw instanceof Integer i ? (Object) (i != 0) : raw;
            case "C" -> raw instanceof Integer i ? (Object) (char) i.intValue() : raw;
            case "B" -> raw instanceof Integer i ? (Object) i.byteValue() : raw;
            case "S" -> raw instanceof Integer i ? (Object) i.shortValue() : raw;
            case "F" -> raw instanceof Integer i ? (Object) Float.intBitsToFloat(i) : raw;
            case "D" -> raw instanceof Long l ? (Object) Double.longBitsToDouble(l) : raw;
            default -> raw;
        };
    }
}
