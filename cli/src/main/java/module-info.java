/** The {@code corona} command. */
module dev.corona.cli {
    requires static org.jspecify;
    requires dev.corona.core;
    requires dev.corona.js;
    requires dev.corona.lua;
    requires dev.corona.lua.io;
    requires info.picocli;
    requires jdk.unsupported;
    requires org.jline.reader;
    requires org.jline.terminal;
}
