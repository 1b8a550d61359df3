package dev.corona.kernel;

import dev.corona.woven.Code;
import dev.corona.woven.Frame;

/** A frame of the kernel's own between those of woven code; no part of the stack that its author sees. */
abstract sealed class EngineFrame extends Frame permits Passage, ClosingFrame {
    EngineFrame(Code code) {
        super(code);
    }
}
