package dev.corona.bench.peers;

import org.classdump.luna.StateContext;
import org.classdump.luna.Table;
import org.classdump.luna.Variable;
import org.classdump.luna.compiler.CompilerChunkLoader;
import org.classdump.luna.env.RuntimeEnvironments;
import org.classdump.luna.exec.CallException;
import org.classdump.luna.exec.CallPausedException;
import org.classdump.luna.exec.DirectCallExecutor;
import org.classdump.luna.impl.StateContexts;
import org.classdump.luna.lib.StandardLibrary;
import org.classdump.luna.load.LoaderException;
import org.classdump.luna.runtime.LuaFunction;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Paths;
import java.util.function.LongUnaryOperator;

/** Lua programs on Luna. */
public final class LunaPeer {
    private LunaPeer() {}

    /** The function that the chunk returns; there are no modes. */
    public static LongUnaryOperator load(String file, String mode)
            throws IOException, LoaderException {
        StateContext state = StateContexts.newDefaultInstance();
        Table env = StandardLibrary.in(RuntimeEnvironments.system()).installInto(state);
        String text = new String(Files.readAllBytes(Paths.get(file)), StandardCharsets.UTF_8);
        LuaFunction<?, ?, ?, ?, ?> chunk =
                CompilerChunkLoader.of("peer").loadTextChunk(new Variable(env), "program", text);
        Object program = call(state, chunk);
        return size -> ((Number) call(state, program, size)).longValue();
    }

    private static Object call(StateContext state, Object function, Object... arguments) {
        try {
            return DirectCallExecutor.newExecutor().call(state, function, arguments)[0];
        } catch (CallException | CallPausedException e) {
            throw new IllegalStateException("the program does not run to its end", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
