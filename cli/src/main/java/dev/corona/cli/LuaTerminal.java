package dev.corona.cli;

import dev.corona.lua.runtime.LuaString;

import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Path;

/** The lines that somebody types at a terminal, who can edit them, call up earlier ones and have names completed. */
final class LuaTerminal implements PromptLines, AutoCloseable {
    /** For terminals that do not tell. */
    private static final Size USUAL_SIZE = new Size(80, 24);

    private final Terminal terminal;
    private final LineReader reader;

    private LuaTerminal(Terminal terminal, LineReader reader) {
        this.terminal = terminal;
        this.reader = reader;
    }

    /**
     * The terminal of this process; a simple one if it can do nothing but lines.
     *
     * @param history the file that keeps the lines; null for none
     */
    static LuaTerminal open(LuaNames names, @Nullable Path history) throws IOException {
        Terminal terminal = TerminalBuilder.builder().system(true).dumb(true).build();
        return on(terminal, names, history);
    }

    /** As {@link #open}, on a terminal of the caller's, which is closed with this. */
    static LuaTerminal on(Terminal terminal, LuaNames names, @Nullable Path history) {
        LineReaderBuilder builder =
                LineReaderBuilder.builder()
                        .terminal(terminal)
                        .appName("corona")
                        .parser(new LuaWords())
                        .completer(names)
                        .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                        .option(LineReader.Option.BRACKETED_PASTE, false);
        if (history != null) builder.variable(LineReader.HISTORY_FILE, history);
        if (terminal.getWidth() <= 0) terminal.setSize(USUAL_SIZE);
        return new LuaTerminal(terminal, builder.build());
    }

    @Override
    public @Nullable LuaString next(String prompt) throws Abandoned {
        try {
            return LuaString.of(reader.readLine(prompt));
        } catch (UserInterruptException e) {
            throw new Abandoned();
        } catch (EndOfFileException e) {
            return null;
        }
    }

    @Override
    public void close() throws IOException {
        terminal.close();
    }
}
