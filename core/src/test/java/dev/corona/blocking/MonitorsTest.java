package dev.corona.blocking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.corona.async.Corona;
import dev.corona.async.LoopClock;
import dev.corona.async.Task;
import dev.corona.errors.CoroutineStateException;
import dev.corona.errors.LoopException;
import dev.corona.kernel.Engines;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.LineNumberReader;
import java.io.PushbackInputStream;
import java.io.PushbackReader;
import java.io.SequenceInputStream;
import java.io.StreamTokenizer;
import java.nio.channels.Channels;
import java.util.Scanner;
import java.util.concurrent.CancellationException;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;

/** Which classes of the JDK hold a monitor while they read, and what may be done about it. The table is in docs/blocking.md. */
@Timeout(60)
class MonitorsTest {
    private static final byte[] TEXT = "abc def\n".getBytes(UTF_8);

    /** Reads one character or byte. */
    @FunctionalInterface
    interface Read {
        int from(ByteSource source) throws IOException;
    }

    /** A wrapper of the JDK around a view, and whether it holds a monitor while it reads. */
    enum Wrapper {
        STREAM(false, s -> s.asInputStream().read()),
        OUR_READER(false, s -> s.asReader(UTF_8).read()),
        DATA_INPUT_STREAM(false, s -> new DataInputStream(s.asInputStream()).readByte()),
        PUSHBACK_INPUT_STREAM(false, s -> new PushbackInputStream(s.asInputStream()).read()),
        SEQUENCE_INPUT_STREAM(
                false,
                s ->
                        new SequenceInputStream(s.asInputStream(), InputStream.nullInputStream())
                                .read()),
        CHECKED_INPUT_STREAM(
                false, s -> new CheckedInputStream(s.asInputStream(), new CRC32()).read()),
        SCANNER_OF_OUR_READER(false, s -> new Scanner(s.asReader(UTF_8)).next().charAt(0)),
        TOKENIZER_OF_OUR_READER(
                false,
                s -> {
                    StreamTokenizer tokens = new StreamTokenizer(s.asReader(UTF_8));
                    tokens.nextToken();
                    return tokens.sval.charAt(0);
                }),
        BUFFERED_INPUT_STREAM(true, s -> new BufferedInputStream(s.asInputStream()).read()),
        INPUT_STREAM_READER(true, s -> new InputStreamReader(s.asInputStream(), UTF_8).read()),
        BUFFERED_READER(true, s -> new BufferedReader(s.asReader(UTF_8)).read()),
        BUFFERED_READER_SUBCLASS(true, s -> new BufferedReader(s.asReader(UTF_8)) {}.read()),
        LINE_NUMBER_READER(true, s -> new LineNumberReader(s.asReader(UTF_8)).read()),
        PUSHBACK_READER(true, s -> new PushbackReader(s.asReader(UTF_8)).read()),
        SCANNER_OF_STREAM(true, s -> new Scanner(s.asInputStream(), UTF_8).next().charAt(0)),
        STREAM_OF_CHANNEL(true, s -> Channels.newInputStream(s.asChannel()).read()),
        READER_OF_CHANNEL(true, s -> Channels.newReader(s.asChannel(), UTF_8).read());

        private final boolean holdsMonitor;
        private final Read read;

        Wrapper(boolean holdsMonitor, Read read) {
            this.holdsMonitor = holdsMonitor;
            this.read = read;
        }
    }

    private static boolean enginesCanTell() {
        return !Engines.fallback().traits().ownThread();
    }

    @ParameterizedTest
    @EnumSource
    void readsWhereTheEngineCanWait(Wrapper wrapper) {
        boolean refused = wrapper.holdsMonitor && enginesCanTell();
        Object result =
                Corona.run(
                        LoopClock.virtual(),
                        () -> {
                            try {
                                return wrapper.read.from(Drip.of(TEXT, 1));
                            } catch (CoroutineStateException.MonitorHeld held) {
                                return held.getMessage();
                            }
                        });
        if (refused) assertThat((String) result).contains("Blocking.call", "asReader()");
        else assertThat(result).isEqualTo((int) 'a');
    }

    @ParameterizedTest
    @EnumSource
    void readsOnEveryEngineInsideABlockingCall(Wrapper wrapper) {
        int read = Drip.watched(() -> Blocking.call(() -> wrapper.read.from(Drip.of(TEXT, 1))));
        assertThat(read).isEqualTo('a');
    }

    @Test
    void aBlockingCallIsAPartOfItsTask() {
        Corona.run(
                LoopClock.virtual(),
                () -> {
                    Task<?> task = Task.currentOrNull();
                    Object result =
                            Blocking.call(
                                    () -> {
                                        assertThat(Task.currentOrNull()).isSameAs(task);
                                        synchronized (new Object()) {
                                            Corona.yieldNow();
                                        }
                                        return Blocking.call(() -> "nested");
                                    });
                    assertThat(result).isEqualTo("nested");
                    return "";
                });
    }

    @Test
    void anErrorInABlockingCallComesOutAsItIs() {
        Corona.run(
                () -> {
                    IOException broken = new IOException("broken");
                    assertThatThrownBy(
                                    () ->
                                            Blocking.call(
                                                    () -> {
                                                        throw broken;
                                                    }))
                            .isSameAs(broken);
                    return "";
                });
    }

    @Test
    void aBlockingCallIsCancelledWithItsTask() {
        Corona.run(
                LoopClock.virtual(),
                () -> {
                    Object monitor = new Object();
                    Task<Object> task =
                            Corona.spawn(
                                    () ->
                                            Blocking.call(
                                                    () -> {
                                                        synchronized (monitor) {
                                                            Corona.parkForever("x");
                                                        }
                                                        return "";
                                                    }));
                    Task<Object> other =
                            Corona.spawn(
                                    () ->
                                            Blocking.call(
                                                    () -> {
                                                        synchronized (new Object()) {
                                                            Corona.sleep(
                                                                    java.time.Duration.ofHours(1));
                                                        }
                                                        return "";
                                                    }));
                    Corona.yieldNow();
                    other.cancel(true);
                    assertThat(catchThrowable(() -> Corona.await(other)))
                            .isInstanceOf(CancellationException.class);
                    assertThat(task.isDone()).isFalse();
                    return "";
                });
    }

    @Test
    void aBlockingCallOutsideOfATaskIsRefused() {
        assertThatThrownBy(() -> Blocking.call(() -> ""))
                .isInstanceOf(LoopException.NotInTask.class);
    }
}
