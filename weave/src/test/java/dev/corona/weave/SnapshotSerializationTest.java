package dev.corona.weave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corona.errors.SnapshotException;
import dev.corona.snapshot.Snapshot;
import dev.corona.snapshot.SnapshotCodec;
import dev.corona.snapshot.SnapshotOptions;
import dev.corona.snapshot.SnapshotReader;
import dev.corona.snapshot.SnapshotWriter;

import org.junit.jupiter.api.Test;

import java.io.Externalizable;
import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.ObjectInput;
import java.io.ObjectInputStream;
import java.io.ObjectOutput;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamField;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Serializable objects are stored by the methods that they have for it. */
class SnapshotSerializationTest {
    private static final SnapshotOptions OPTIONS =
            SnapshotOptions.of(SnapshotSerializationTest.class.getClassLoader())
                    .withAllowed(SnapshotSerializationTest.class.getName());

    private static <T> T there(Object object, Class<T> type) {
        return Snapshot.ofBytes(Snapshot.of(object, OPTIONS).toBytes()).restore(type, OPTIONS);
    }

    static class Base implements Serializable {
        private static final long serialVersionUID = 1L;
        int base = 1;
        transient int lost = 2;
    }

    static final class Custom extends Base {
        private static final long serialVersionUID = 1L;
        private String name = "n";
        private transient List<Object> parts = new ArrayList<>();
        private transient int validated;

        private void writeObject(ObjectOutputStream out) throws IOException {
            out.defaultWriteObject();
            out.writeInt(parts.size());
            for (Object part : parts) out.writeObject(part);
            out.writeUTF("end");
            out.writeDouble(0.5);
            out.writeObject("skipped");
            out.write(new byte[] {1, 2, 3});
        }

        private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
            in.registerValidation(() -> validated++, 0);
            in.defaultReadObject();
            int count = in.readInt();
            parts = new ArrayList<>();
            for (int i = 0; i < count; i++) parts.add(in.readObject());
            if (!in.readUTF().equals("end") || in.readDouble() != 0.5)
                throw new InvalidObjectException("order");
        }
    }

    @Test
    void customFormsKeepTheirOrderAndWhatIsLeftIsSkipped() {
        Custom custom = new Custom();
        custom.base = 7;
        custom.lost = 8;
        custom.name = "changed";
        custom.parts.addAll(List.of(1L, custom.parts.toString(), custom));
        Object[] both = there(new Object[] {custom, custom}, Object[].class);
        Custom restored = (Custom) both[0];
        assertThat(both[1]).isSameAs(restored);
        assertThat(restored.base).isEqualTo(7);
        assertThat(restored.lost).isZero();
        assertThat(restored.name).isEqualTo("changed");
        assertThat(restored.parts.subList(0, 2)).isEqualTo(List.of(1L, "[]"));
        assertThat(restored.parts.get(2)).isSameAs(restored);
        assertThat(restored.validated).isEqualTo(1);
    }

    static final class Renamed implements Serializable {
        private static final long serialVersionUID = 1L;
        private static final ObjectStreamField[] serialPersistentFields = {
            new ObjectStreamField("was", String.class), new ObjectStreamField("count", int.class)
        };
        private transient String now = "value";
        private transient int total = 5;

        private void writeObject(ObjectOutputStream out) throws IOException {
            ObjectOutputStream.PutField fields = out.putFields();
            fields.put("was", now);
            fields.put("count", total);
            out.writeFields();
        }

        private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
            ObjectInputStream.GetField fields = in.readFields();
            now = (String) fields.get("was", "none");
            total = fields.get("count", -1) + fields.get("never", 100);
        }
    }

    @Test
    void persistentFieldsAreReadByName() {
        Renamed restored = there(new Renamed(), Renamed.class);
        assertThat(restored.now).isEqualTo("value");
        assertThat(restored.total).isEqualTo(105);
    }

    public static final class External implements Externalizable {
        private int value;
        private Object other;

        public External() {}

        @Override
        public void writeExternal(ObjectOutput out) throws IOException {
            out.writeInt(value);
            out.writeObject(other);
        }

        @Override
        public void readExternal(ObjectInput in) throws IOException, ClassNotFoundException {
            value = in.readInt();
            other = in.readObject();
        }
    }

    @Test
    void externalizableObjectsWriteThemselves() {
        External external = new External();
        external.value = -4;
        external.other = external;
        External restored = there(external, External.class);
        assertThat(restored.value).isEqualTo(-4);
        assertThat(restored.other).isSameAs(restored);
    }

    static final class Single implements Serializable {
        private static final long serialVersionUID = 1L;
        static final Single ONLY = new Single();

        private Object readResolve() {
            return ONLY;
        }
    }

    static final class Celsius implements Serializable {
        private static final long serialVersionUID = 1L;
        final transient double degrees;

        Celsius(double degrees) {
            this.degrees = degrees;
        }

        private Object writeReplace() {
            return new Kelvin(degrees + 273.15);
        }
    }

    record Kelvin(double degrees) implements Serializable {
        private Object readResolve() {
            return new Celsius(degrees - 273.15);
        }
    }

    @Test
    void replacementsAndResolutionsAreFollowed() {
        Celsius warm = new Celsius(20);
        Object[] all = there(new Object[] {Single.ONLY, warm, warm}, Object[].class);
        assertThat(all[0]).isSameAs(Single.ONLY);
        assertThat(all[1]).isSameAs(all[2]);
        assertThat(((Celsius) all[1]).degrees).isCloseTo(20, within());
    }

    private static org.assertj.core.data.Offset<Double> within() {
        return org.assertj.core.data.Offset.offset(1e-9);
    }

    /** A key whose hash needs its fields, in a map that the key refers to. */
    static final class Key implements Serializable {
        private static final long serialVersionUID = 1L;
        private final String name;
        private final Map<Key, Object> home;

        Key(String name, Map<Key, Object> home) {
            this.name = name;
            this.home = home;
        }

        @Override
        public int hashCode() {
            return name.hashCode();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Key key && key.name.equals(name);
        }
    }

    @Test
    void keysAreWholeBeforeTheirMapAsksThem() {
        Map<Key, Object> map = new HashMap<>();
        Key key = new Key("k", map);
        map.put(key, "value");
        Key restored = there(key, Key.class);
        Map<Key, Object> home = restored.home;
        assertThat(home.keySet().iterator().next()).isSameAs(restored);
    }

    static final class Refusing implements Serializable {
        private static final long serialVersionUID = 1L;
        int value = -1;

        private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
            in.defaultReadObject();
            if (value < 0) throw new InvalidObjectException("value must not be negative");
        }
    }

    @Test
    void anErrorOfReadObjectComesOut() {
        assertThatThrownBy(() -> there(new Refusing(), Refusing.class))
                .isInstanceOf(SnapshotException.Damaged.class)
                .hasMessageContaining("value must not be negative");
    }

    /** An immutable pair of a language runtime, made of its parts. */
    static final class Cons {
        final Object head;
        final Object tail;

        Cons(Object head, Object tail) {
            this.head = head;
            this.tail = tail;
        }
    }

    private static final class ConsCodec implements SnapshotCodec<Cons> {
        @Override
        public String name() {
            return "cons";
        }

        @Override
        public boolean accepts(Object object) {
            return object instanceof Cons;
        }

        @Override
        public void write(Cons cons, SnapshotWriter out) {
            out.writeReference("head", cons.head);
            out.writeReference("tail", cons.tail);
        }

        @Override
        public boolean needsReferences() {
            return true;
        }

        @Override
        public Cons create(SnapshotReader in) {
            return new Cons(in.readReference(), in.readReference());
        }
    }

    @Test
    void codecsOfImmutableObjectsWorkInCirclesThroughOthersAndInLongChains() {
        SnapshotOptions options = OPTIONS.withCodec(new ConsCodec());
        Object[] box = new Object[1];
        Object list = null;
        for (int i = 0; i < 100_000; i++) list = new Cons(i == 0 ? box : i, list);
        box[0] = list;
        Cons restored = Snapshot.of(list, options).restore(Cons.class, options);
        Object at = restored;
        for (int i = 99_999; i > 0; i--) {
            assertThat(((Cons) at).head).isEqualTo(i);
            at = ((Cons) at).tail;
        }
        assertThat(((Object[]) ((Cons) at).head)[0]).isSameAs(restored);
    }

    @Test
    void namesASerializableClassThatHoldsWhatIsNot() {
        List<Object> holder = new ArrayList<>(List.of(new Object()));
        assertThatThrownBy(() -> Snapshot.of(holder, OPTIONS))
                .isInstanceOf(SnapshotException.Unstorable.class)
                .hasMessageContaining(
                        "cannot store java.lang.Object, which is held by an element of ArrayList");
    }
}
