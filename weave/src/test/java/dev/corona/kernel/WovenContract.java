package dev.corona.kernel;

/** The kernel's contract on the woven engine; run by {@code WovenEngineTest}, which weaves it first. */
class WovenContract extends ContinuationContract {
    private static final long ROOMY_BYTES = 512L << 20;

    @Override
    Engine engine() {
        return Engines.woven();
    }

    @Override
    Thread roomyThread(Runnable work) {
        return new Thread(null, work, "roomy", ROOMY_BYTES);
    }
}
