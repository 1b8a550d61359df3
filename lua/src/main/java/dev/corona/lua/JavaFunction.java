package dev.corona.lua;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * A function of the host that Lua code calls. Its arguments are Java values as {@link LuaValues#toJava} gives them.
 *
 * <p>It may return anything that {@link LuaValues#toLua} knows; a {@code List} is one table, {@link LuaValues#several} more than one
 * result, a {@code CompletionStage} is waited for while the host's thread is free. What it throws is an error to Lua code.
 */
@FunctionalInterface
public interface JavaFunction {
    @Nullable Object call(List<@Nullable Object> arguments) throws Exception;
}
