package dev.corona.snapshot;

import org.jspecify.annotations.Nullable;

/** How objects of one type are written and made again. What goes wrong comes out as it is; the caller adds the place. */
abstract class Handler {
    private final Type type;

    Handler(Type type) {
        this.type = type;
    }

    final Type type() {
        return type;
    }

    /** Whether an object is made of what it refers to, so that this must be there first. */
    boolean isWhole() {
        return false;
    }

    abstract void write(Object object, ItemWriter out) throws Exception;

    /** A new object; of one that is not whole, without what it refers to. */
    abstract Object create(ItemReader in) throws Exception;

    /** Whether {@link #fill} asks other objects something, such as keys their hash codes, so that they should be filled. */
    boolean asksOthers() {
        return false;
    }

    /** Gives a new object that is not whole what it refers to; goes on reading where {@link #create} stopped. */
    void fill(Object object, ItemReader in) throws Exception {}

    /** What stands for the object when it has all its parts. */
    Object finish(Object object) throws Exception {
        return object;
    }

    /** Called when all objects have been made, in the order in which they were found; nothing else can fail then. */
    void restored(Object object) throws Exception {}

    /** What the path in an error calls the object; null to leave it out. */
    @Nullable String describe(Object object) {
        return null;
    }

    /** Whether its objects are parts of coroutines. */
    boolean isOfCoroutine() {
        return false;
    }

    /** Why this object cannot be stored at this moment; null if it can. */
    @Nullable String refusal(Object object) throws Exception {
        return null;
    }
}
