package dev.corona.lua.runtime;

import dev.corona.Resumable;

import org.jspecify.annotations.Nullable;

/** The function that stands for an object with {@code __call}. It is no level of its own. */
@Resumable
final class CallHandler extends FunctionN {
    private final LuaFunction handler;
    private final @Nullable Object object;

    CallHandler(LuaFunction handler, @Nullable Object object) {
        super("call");
        this.handler = handler;
        this.object = object;
    }

    @Override
    public @Nullable Object call() {
        return handler.call(object);
    }

    @Override
    public @Nullable Object call(@Nullable Object a) {
        return handler.call(object, a);
    }

    @Override
    public @Nullable Object call(@Nullable Object a, @Nullable Object b) {
        return handler.call(object, a, b);
    }

    @Override
    public @Nullable Object call(@Nullable Object a, @Nullable Object b, @Nullable Object c) {
        return handler.call(new @Nullable Object[] {object, a, b, c});
    }

    @Override
    public @Nullable Object call(@Nullable Object[] arguments) {
        return handler.call(withObject(arguments));
    }

    @Override
    public @Nullable Object tail() {
        return handler.tail(object);
    }

    @Override
    public @Nullable Object tail(@Nullable Object a) {
        return handler.tail(object, a);
    }

    @Override
    public @Nullable Object tail(@Nullable Object a, @Nullable Object b) {
        return handler.tail(object, a, b);
    }

    @Override
    public @Nullable Object tail(@Nullable Object a, @Nullable Object b, @Nullable Object c) {
        return handler.tail(new @Nullable Object[] {object, a, b, c});
    }

    @Override
    public @Nullable Object tail(@Nullable Object[] arguments) {
        return handler.tail(withObject(arguments));
    }

    private @Nullable Object[] withObject(@Nullable Object[] arguments) {
        @Nullable Object[] all = new Object[arguments.length + 1];
        all[0] = object;
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return all;
    }
}
