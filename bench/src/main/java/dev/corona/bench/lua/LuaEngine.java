package dev.corona.bench.lua;

import dev.corona.bench.BenchException;
import dev.corona.bench.Setup;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongUnaryOperator;

/** One who runs the programs: a command of the machine, or a class that {@link LuaMain} runs in a JVM of its own. */
enum LuaEngine {
    CORONA("Corona", "dev.corona.bench.lua.CoronaLua", ""),
    /** With a budget that is never spent. */
    TICKS("ticks", "dev.corona.bench.lua.CoronaLua", "ticks"),
    REFERENCE("lua5.4", "", ""),
    LUAJIT("luajit", "", ""),
    LUAJC("luajc", "dev.corona.bench.peers.LuaJPeer", "compiled"),
    LUAJ("LuaJ", "dev.corona.bench.peers.LuaJPeer", ""),
    LUNA("Luna", "dev.corona.bench.peers.LunaPeer", "");

    private final String title;
    private final String className;
    private final String mode;

    LuaEngine(String title, String className, String mode) {
        this.title = title;
        this.className = className;
        this.mode = mode;
    }

    String title() {
        return title;
    }

    boolean isOnJvm() {
        return !className.isEmpty();
    }

    /** Whether it is somebody else's, on the JVM. */
    boolean isRival() {
        return className.contains(".peers.");
    }

    /** The function of a program's file, as this engine of the JVM has it. */
    LongUnaryOperator load(String file) {
        try {
            return (LongUnaryOperator)
                    Class.forName(className)
                            .getMethod("load", String.class, String.class)
                            .invoke(null, file, mode);
        } catch (ReflectiveOperationException e) {
            throw new BenchException("%s cannot load %s: %s".formatted(title, file, e), e);
        }
    }

    /** The command that measures a program as often as it is told. */
    List<String> measuring(Setup setup, LuaProgram program) {
        List<String> command =
                isOnJvm()
                        ? jvm(setup, name())
                        : interpreter(setup.root().resolve("bench/lua/measure.lua"));
        command.add(program.file(setup.root()).toString());
        command.add(Integer.toString(program.size()));
        if (isOnJvm()) command.add(LuaMain.MEASURED);
        return command;
    }

    /** The command that runs a program once, as a user would start it. */
    List<String> once(Setup setup, LuaProgram program, int size) {
        Path script = setup.root().resolve("bench/lua/whole.lua");
        List<String> command =
                this == CORONA
                        ? new ArrayList<>(List.of(setup.corona(), script.toString()))
                        : isOnJvm() ? jvm(setup, name()) : interpreter(script);
        command.add(program.file(setup.root()).toString());
        command.add(Integer.toString(size));
        return command;
    }

    private List<String> interpreter(Path script) {
        return new ArrayList<>(List.of(title, script.toString()));
    }

    private static List<String> jvm(Setup setup, String who) {
        List<String> command = new ArrayList<>(List.of(Setup.java()));
        command.addAll(setup.collector());
        command.addAll(List.of("-Xss16m", "-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(LuaMain.class.getName(), who));
        return command;
    }
}
