package dev.corona.cli;

import java.util.ArrayList;
import java.util.List;

/**
 * The arguments behind {@code --lua}, which are those of the reference's command.
 *
 * @param arguments all of them
 * @param script the index of the script; the number of arguments if there is none
 * @param interactive whether the prompt follows
 * @param version whether the version is shown first
 * @param ignoresEnvironment whether variables such as LUA_INIT do not count
 * @param steps what is done before the script, in order
 */
record LuaCommandLine(
        List<String> arguments,
        int script,
        boolean interactive,
        boolean version,
        boolean ignoresEnvironment,
        List<Step> steps) {
    /** What one option asks for. */
    sealed interface Step {}

    /** {@code -e} */
    record Execute(String text) implements Step {}

    /**
     * {@code -l}
     *
     * @param global the name that gets the module
     */
    record Require(String global, String module) implements Step {}

    /** {@code -W} */
    record Warn() implements Step {}

    /** An option that is none, or that has no argument; the message is the reference's. */
    static final class BadOption extends Exception {
        private static final long serialVersionUID = 1L;

        BadOption(String option) {
            super(
                    option.startsWith("-e") || option.startsWith("-l")
                            ? "'" + option + "' needs argument"
                            : "unrecognized option '" + option + "'");
        }
    }

    static LuaCommandLine of(List<String> arguments) throws BadOption {
        return new Parser(arguments).parse();
    }

    /** Just a script, whatever it is called, and its arguments. */
    static LuaCommandLine ofScript(List<String> arguments) {
        return new LuaCommandLine(arguments, 0, false, false, false, List.of());
    }

    boolean hasScript() {
        return script < arguments.size();
    }

    /** Whether the script is standard input. */
    boolean readsInput() {
        boolean dash = hasScript() && arguments.get(script).equals("-");
        return dash && (script == 0 || !arguments.get(script - 1).equals("--"));
    }

    boolean executes() {
        return steps.stream().anyMatch(Execute.class::isInstance);
    }

    /** Reads options up to the first argument that is none. */
    private static final class Parser {
        private final List<String> arguments;
        private final List<Step> steps = new ArrayList<>();
        private boolean interactive;
        private boolean version;
        private boolean ignoresEnvironment;
        private int at;

        Parser(List<String> arguments) {
            this.arguments = arguments;
        }

        LuaCommandLine parse() throws BadOption {
            while (at < arguments.size()) {
                String argument = arguments.get(at);
                if (!argument.startsWith("-") || argument.equals("-")) break;
                at++;
                if (argument.equals("--")) break;
                option(argument);
            }
            return new LuaCommandLine(
                    arguments, at, interactive, version, ignoresEnvironment, steps);
        }

        private void option(String argument) throws BadOption {
            switch (argument.charAt(1)) {
                case 'e' -> steps.add(new Execute(value(argument)));
                case 'l' -> steps.add(require(value(argument)));
                default -> flag(argument);
            }
        }

        private void flag(String argument) throws BadOption {
            switch (argument) {
                case "-E" -> ignoresEnvironment = true;
                case "-W" -> steps.add(new Warn());
                case "-v" -> version = true;
                case "-i" -> interactive = version = true;
                default -> throw new BadOption(argument);
            }
        }

        /** The rest of the option, or the next argument. */
        private String value(String option) throws BadOption {
            if (option.length() > 2) return option.substring(2);
            if (at == arguments.size() || arguments.get(at).startsWith("-"))
                throw new BadOption(option);
            return arguments.get(at++);
        }

        private static Require require(String value) {
            int equals = value.indexOf('=');
            if (equals >= 0)
                return new Require(value.substring(0, equals), value.substring(equals + 1));
            return new Require(value, value);
        }
    }
}
