/**
 * Programs that show Corona's Java side; each has a {@code main}, prints what it does, and is tested.
 *
 * <ul>
 *   <li>{@code GeneratorTour}: sequences as loops. Start here.
 *   <li>{@code SaxInversion}: a pull parser made of a push parser.
 *   <li>{@code SymmetricRing}: peers that hand control to each other.
 *   <li>{@code DurableGenerator}: a generator that goes on in another process.
 *   <li>{@code EchoServer}: a task for each connection.
 *   <li>{@code FairScripts}: Lua scripts that nobody trusts, on one thread.
 * </ul>
 */
module dev.corona.examples {
    requires dev.corona.core;
    requires dev.corona.io;
    requires dev.corona.lua;
    requires dev.corona.weave;
    requires java.xml;

    exports dev.corona.examples;
}
