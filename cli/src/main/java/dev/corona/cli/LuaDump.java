package dev.corona.cli;

import dev.corona.lua.LuaException;
import dev.corona.lua.LuaListing;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Shows what a stage of the Lua compiler makes of a file. */
final class LuaDump {
    /** Their names, in the order in which they run. */
    static final String STAGES =
            Arrays.stream(LuaListing.Stage.values())
                    .map(stage -> stage.name().toLowerCase(Locale.ROOT))
                    .collect(Collectors.joining(", "));

    private static final int BAD_USAGE = 2;

    private LuaDump() {}

    /** Answers the exit code. */
    static int run(String stage, @Nullable String file, PrintStream out, PrintStream err) {
        LuaListing.Stage known = find(stage);
        if (known == null) {
            err.println(
                    "corona: there is no stage '%s'; choose one of %s".formatted(stage, STAGES));
            return BAD_USAGE;
        }
        if (file == null) {
            err.println("corona: --lua-dump needs a file");
            return BAD_USAGE;
        }
        try {
            out.print(LuaListing.of(known, Files.readAllBytes(Path.of(file)), "@" + file));
            return 0;
        } catch (LuaException e) {
            err.println("corona: " + e.getMessage());
        } catch (NoSuchFileException e) {
            err.println("corona: cannot open " + file + ": No such file or directory");
        } catch (IOException e) {
            err.println("corona: cannot read " + file + ": " + e.getMessage());
        }
        return LuaProgram.FAILED;
    }

    private static LuaListing.@Nullable Stage find(String name) {
        for (LuaListing.Stage stage : LuaListing.Stage.values())
            if (stage.name().toLowerCase(Locale.ROOT).equals(name)) return stage;
        return null;
    }
}
