/**
 * Coroutines and code that knows nothing of them: streams, readers and channels of the JDK whose calls suspend the coroutine
 * only, and places elsewhere for what really blocks. Start with {@link dev.corona.blocking.ByteSource}, {@link
 * dev.corona.blocking.Blocking} and {@link dev.corona.blocking.Offload}.
 */
@NullMarked
package dev.corona.blocking;

import org.jspecify.annotations.NullMarked;
