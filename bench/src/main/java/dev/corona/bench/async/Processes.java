package dev.corona.bench.async;

import dev.corona.bench.Setup;

import java.util.ArrayList;
import java.util.List;

/** The commands of this suite's processes. */
final class Processes {
    private Processes() {}

    /** Runs {@code main} in a JVM with the launcher's heap settings. */
    static List<String> command(
            Setup setup, List<String> options, Class<?> main, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(Setup.java()));
        command.addAll(Setup.JVM);
        command.addAll(setup.collector());
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(arguments);
        return command;
    }
}
