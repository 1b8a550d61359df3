package dev.corona.kernel;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/** How tools look into the objects that users know: each policy says where the continuations of its coroutines are. */
public final class Inspection {
    private record Policy(Function<Object, List<Continuation>> continuations, boolean isMember) {}

    private static final ClassValue<@Nullable Policy[]> POLICIES =
            new ClassValue<>() {
                @Override
                protected @Nullable Policy[] computeValue(Class<?> type) {
                    return new Policy[1];
                }
            };

    private Inspection() {}

    /**
     * Says how the continuations of an object of {@code type} are found, the innermost first.
     *
     * @param isMember whether such coroutines are members of a group that know each other, and none a part of another
     */
    public static <T> void register(
            Class<T> type, boolean isMember, Function<T, List<Continuation>> continuations) {
        POLICIES.get(type)[0] = new Policy(o -> continuations.apply(type.cast(o)), isMember);
    }

    /** The continuations of a coroutine, the innermost first; empty of anything else. */
    public static List<Continuation> continuations(Object coroutine) {
        if (coroutine instanceof Continuation c) return List.of(c);
        Policy policy = find(coroutine);
        return policy == null ? List.of() : policy.continuations().apply(coroutine);
    }

    /** Whether it is a member of a group of coroutines. */
    public static boolean isMember(Object coroutine) {
        Policy policy = find(coroutine);
        return policy != null && policy.isMember();
    }

    /** What a suspended continuation, or a frame, refers to besides the variables of frames, which their fields hold. */
    public static void parts(Object part, Consumer<@Nullable Object> sink) {
        if (part instanceof Passage p) sink.accept(p.inner());
        if (!(part instanceof Continuation c)) return;
        sink.accept(c.top);
        Runnable body = c.body();
        sink.accept(body instanceof WovenEngine.Linked linked ? linked.plain() : body);
    }

    private static @Nullable Policy find(Object coroutine) {
        for (Class<?> c = coroutine.getClass(); c != null; c = c.getSuperclass()) {
            Policy policy = POLICIES.get(c)[0];
            if (policy != null) return policy;
        }
        return null;
    }
}
