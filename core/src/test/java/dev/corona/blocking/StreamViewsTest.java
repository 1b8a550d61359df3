package dev.corona.blocking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

import dev.corona.async.Corona;
import dev.corona.async.LoopClock;
import dev.corona.async.Task;
import dev.corona.channels.Channel;
import dev.corona.errors.LoopException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.StringReader;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Scanner;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** The JDK's stream types over sources and sinks that wait, and libraries that know nothing of that. */
@Timeout(60)
class StreamViewsTest {
    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(packed)) {
            out.write(text.getBytes(UTF_8));
        }
        return packed.toByteArray();
    }

    @Test
    void jacksonParsesWhatComesSlowly() {
        byte[] json =
                "{\"name\":\"Zoë\",\"numbers\":[1,2,3],\"nested\":{\"ok\":true}}".getBytes(UTF_8);
        List<String> tokens =
                Drip.watched(
                        () -> {
                            List<String> seen = new ArrayList<>();
                            InputStream in = Drip.of(json, 3).asInputStream();
                            try (JsonParser parser = new JsonFactory().createParser(in)) {
                                while (parser.nextToken() != null)
                                    if (parser.currentToken() != JsonToken.FIELD_NAME)
                                        seen.add(parser.getText());
                            }
                            return seen;
                        });
        assertThat(tokens)
                .containsExactly("{", "Zoë", "[", "1", "2", "3", "]", "{", "true", "}", "}");
    }

    @Test
    void jacksonParsesFromAReader() {
        byte[] json = "[\"a\", \"ü\"]".getBytes(UTF_8);
        String second =
                Drip.watched(
                        () -> {
                            BufferedReader in = Drip.of(json, 1).asReader(UTF_8);
                            try (JsonParser parser = new JsonFactory().createParser(in)) {
                                parser.nextToken();
                                parser.nextToken();
                                parser.nextToken();
                                return parser.getText();
                            }
                        });
        assertThat(second).isEqualTo("ü");
    }

    @Test
    void linesComeFromABufferedReader() {
        byte[] text = "first\nsecond\r\n\nfour\rfive ü\n".getBytes(UTF_8);
        for (int step = 1; step <= 8; step++) {
            int size = step;
            List<String> lines =
                    Drip.watched(() -> Drip.of(text, size).asReader(UTF_8).lines().toList());
            assertThat(lines).containsExactly("first", "second", "", "four", "five ü");
        }
    }

    @Test
    void gzipUnpacksWhatComesSlowly() throws IOException {
        String text = "corona ".repeat(500);
        byte[] packed = gzip(text);
        byte[] unpacked =
                Drip.watched(
                        () ->
                                new GZIPInputStream(Drip.of(packed, 7).asInputStream())
                                        .readAllBytes());
        assertThat(new String(unpacked, UTF_8)).isEqualTo(text);
    }

    @Test
    void gzipPacksIntoASlowSink() {
        String text = "corona ".repeat(5000);
        byte[] packed =
                Drip.watched(
                        () -> {
                            Channel<byte[]> chunks = Channel.rendezvous();
                            Task<byte[]> reader = Drip.slowReader(chunks);
                            // its write is synchronized, so it may not wait on its caller's stack
                            Blocking.call(
                                    () -> {
                                        try (OutputStream out =
                                                new GZIPOutputStream(
                                                        ByteSink.of(chunks).asOutputStream())) {
                                            out.write(text.getBytes(UTF_8));
                                        }
                                        return "";
                                    });
                            return Corona.await(reader);
                        });
        assertThat(unzip(packed)).isEqualTo(text);
    }

    private static String unzip(byte[] packed) {
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aScannerReadsWhatComesSlowly() {
        byte[] text = "12 twelve 3.5\nrest of it".getBytes(UTF_8);
        String scanned =
                Drip.watched(
                        () -> {
                            Scanner scanner =
                                    new Scanner(Drip.of(text, 2).asReader(UTF_8))
                                            .useLocale(java.util.Locale.ROOT);
                            return scanner.nextInt()
                                    + scanner.next()
                                    + scanner.nextDouble()
                                    + scanner.nextLine()
                                    + scanner.nextLine();
                        });
        assertThat(scanned).isEqualTo("12twelve3.5rest of it");
    }

    @Test
    void aDataInputStreamReadsWhatComesSlowly() {
        byte[] bytes = {0, 0, 1, 0, 0, 2, 'h', 'i'};
        Drip.watched(
                () -> {
                    DataInputStream in = new DataInputStream(Drip.of(bytes, 1).asInputStream());
                    assertThat(in.readInt()).isEqualTo(256);
                    assertThat(in.readUTF()).isEqualTo("hi");
                    assertThat(in.read()).isEqualTo(-1);
                    return "";
                });
    }

    @Test
    void textIsDecodedAsTheJdkDoes() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 30; round++) {
            StringBuilder text = new StringBuilder();
            int length = random.nextInt(300);
            for (int i = 0; i < length; i++)
                text.appendCodePoint(
                        switch (random.nextInt(5)) {
                            case 0 -> '\n';
                            case 1 -> '\r';
                            case 2 -> 0x1F600 + random.nextInt(50);
                            case 3 -> 'ä';
                            default -> 'a' + random.nextInt(26);
                        });
            byte[] bytes = text.toString().getBytes(UTF_8);
            int step = 1 + random.nextInt(9);
            List<String> lines = new ArrayList<>();
            Corona.run(
                    LoopClock.virtual(),
                    () -> lines.addAll(Drip.of(bytes, step).asReader(UTF_8).lines().toList()));
            List<String> expected =
                    new BufferedReader(new StringReader(text.toString())).lines().toList();
            assertThat(lines).as("seed " + seed).isEqualTo(expected);
        }
    }

    @Test
    void malformedTextIsReplaced() {
        byte[] bytes = {'a', (byte) 0xff, 'b', (byte) 0xc3};
        String text = Drip.watched(() -> Drip.of(bytes, 1).asReader(UTF_8).readLine());
        assertThat(text).isEqualTo("a\ufffdb\ufffd");
    }

    @Test
    void aReaderMarksSkipsAndReadsOn() {
        byte[] bytes = "x\r\ny".repeat(6000).getBytes(UTF_8);
        Corona.run(
                LoopClock.virtual(),
                () -> {
                    BufferedReader in = Drip.of(bytes, 1000).asReader(UTF_8);
                    assertThat(in.markSupported()).isTrue();
                    in.mark(20_000);
                    assertThat(in.skip(10_000)).isEqualTo(10_000);
                    in.reset();
                    assertThat(in.readLine()).isEqualTo("x");
                    in.mark(1);
                    assertThat(in.read()).isEqualTo('y');
                    in.reset();
                    assertThat(in.readLine()).isEqualTo("yx");
                    assertThat(in.ready()).isTrue();
                    assertThat(in.skip(1_000_000)).isLessThan(24_000);
                    assertThat(in.read()).isEqualTo(-1);
                    assertThat(in.readLine()).isNull();
                    assertThatThrownBy(in::reset).isInstanceOf(IOException.class);
                    in.close();
                    assertThatThrownBy(in::read)
                            .isInstanceOf(IOException.class)
                            .hasMessageContaining("this reader was closed");
                    return "";
                });
    }

    @Test
    void aWriterWaitsForASlowSink() {
        String text = "grün \uD83D\uDE00 ".repeat(4000);
        byte[] written =
                Drip.watched(
                        () -> {
                            Channel<byte[]> chunks = Channel.rendezvous();
                            Task<byte[]> reader = Drip.slowReader(chunks);
                            try (Writer out = ByteSink.of(chunks).asWriter(UTF_8)) {
                                for (int i = 0; i < text.length(); i++) out.write(text.charAt(i));
                                out.flush();
                            }
                            return Corona.await(reader);
                        });
        assertThat(new String(written, UTF_8)).isEqualTo(text);
    }

    @Test
    void aWriterReplacesHalfAPairAtItsEnd() {
        byte[] written =
                Corona.run(
                        LoopClock.virtual(),
                        () -> {
                            Channel<byte[]> chunks = Channel.unlimited();
                            Writer out = ByteSink.of(chunks).asWriter(UTF_8);
                            out.write("a\uD83D");
                            out.close();
                            out.close();
                            assertThatThrownBy(() -> out.write('b'))
                                    .isInstanceOf(IOException.class);
                            return chunks.receive();
                        });
        assertThat(new String(written, UTF_8)).isEqualTo("a?");
    }

    @Test
    void nioChannelsWaitToo() {
        byte[] bytes = "some bytes of a channel".getBytes(UTF_8);
        Drip.watched(
                () -> {
                    ReadableByteChannel in = Drip.of(bytes, 4).asChannel();
                    ByteBuffer heap = ByteBuffer.allocate(10);
                    ByteBuffer direct = ByteBuffer.allocateDirect(64);
                    assertThat(in.read(heap)).isEqualTo(4);
                    while (in.read(direct) >= 0) {}
                    assertThat(direct.position()).isEqualTo(bytes.length - 4);
                    in.close();
                    assertThat(in.isOpen()).isFalse();
                    assertThatThrownBy(() -> in.read(heap))
                            .isInstanceOf(ClosedChannelException.class);
                    Channel<byte[]> chunks = Channel.rendezvous();
                    Task<byte[]> reader = Drip.slowReader(chunks);
                    try (WritableByteChannel out = ByteSink.of(chunks).asChannel()) {
                        assertThat(out.write(direct.flip())).isEqualTo(bytes.length - 4);
                    }
                    assertThat(Corona.await(reader)).endsWith(bytes[bytes.length - 1]);
                    return "";
                });
    }

    @Test
    void aChannelIsASourceAgain() {
        byte[] bytes = "round trip".getBytes(UTF_8);
        String text =
                Drip.watched(
                        () ->
                                ByteSource.of(Drip.of(bytes, 3).asChannel())
                                        .asReader(UTF_8)
                                        .readLine());
        assertThat(text).isEqualTo("round trip");
    }

    @Test
    void whatEndsTheBytesEarlyIsAnErrorOfReading() {
        Corona.run(
                LoopClock.virtual(),
                () -> {
                    Channel<byte[]> chunks = Channel.unlimited();
                    chunks.send(new byte[] {1});
                    chunks.send(new byte[0]);
                    chunks.close(new IllegalStateException("torn"));
                    InputStream in = ByteSource.of(chunks).asInputStream();
                    assertThat(in.read()).isEqualTo(1);
                    assertThatThrownBy(in::read)
                            .isInstanceOf(IOException.class)
                            .hasMessageContaining("torn");
                    return "";
                });
    }

    @Test
    void aReadOutsideOfATaskIsRefused() {
        InputStream in = ByteSource.of(Channel.<byte[]>rendezvous()).asInputStream();
        assertThatThrownBy(in::read).isInstanceOf(LoopException.NotInTask.class);
    }
}
