package dev.corona.cli;

import dev.corona.lua.runtime.LuaBuffer;
import dev.corona.lua.runtime.LuaString;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;

/** Where the prompt has its lines from. */
interface PromptLines {
    /** Shows the prompt; the next line without its end, null at the end of the input. */
    @Nullable LuaString next(String prompt) throws IOException, Abandoned;

    /** Whoever types wants to begin the chunk anew. */
    final class Abandoned extends Exception {
        private static final long serialVersionUID = 1L;
    }

    /** Any stream. */
    final class Plain implements PromptLines {
        private final InputStream in;
        private final PrintStream out;
        private final boolean echoes;

        /**
         * @param echoes whether its lines are shown behind the prompt as if they were typed
         */
        Plain(InputStream in, PrintStream out, boolean echoes) {
            this.echoes = echoes;
            this.in = in;
            this.out = out;
        }

        @Override
        public @Nullable LuaString next(String prompt) throws IOException {
            out.print(prompt);
            out.flush();
            int b = in.read();
            if (b < 0) return null;
            LuaBuffer line = new LuaBuffer();
            for (; b >= 0 && b != '\n'; b = in.read()) line.append(b);
            LuaString text = line.toLuaString();
            if (echoes) {
                out.write(text.bytes(), 0, text.length());
                out.println();
            }
            return text;
        }
    }
}
