package dev.corona.blocking;

import org.jspecify.annotations.Nullable;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.util.Arrays;
import java.util.Objects;

/**
 * A source as a buffered reader. The JDK's own one reads inside {@code synchronized}, where only a coroutine on a thread of its own
 * can wait; this one is a subclass for its type alone, and overrides all that reads. {@code lines()} is the JDK's, which calls
 * {@link #readLine()} and holds nothing.
 */
final class SourceReader extends BufferedReader {
    private static final int BUFFER_SIZE = 8 * 1024;
    private static final int NO_MARK = -1;

    private final ByteSource source;
    private final CharsetDecoder decoder;
    private final ByteBuffer bytes = ByteBuffer.allocate(BUFFER_SIZE).flip();

    /** Decoded text; what is from {@link #position} to {@link #limit} has not been read. */
    private char[] text = new char[BUFFER_SIZE];

    private int position;
    private int limit;

    /** Whether the source has ended and all of it is decoded. */
    private boolean ended;

    /** Whether a line feed that comes next belongs to a line end that was read. */
    private boolean skipsLineFeed;

    private int mark = NO_MARK;
    private int markLimit;
    private boolean markSkipsLineFeed;
    private boolean closed;

    SourceReader(ByteSource source, Charset charset) {
        super(Reader.nullReader(), 1);
        this.source = source;
        decoder =
                charset.newDecoder()
                        .onMalformedInput(CodingErrorAction.REPLACE)
                        .onUnmappableCharacter(CodingErrorAction.REPLACE);
    }

    @Override
    public int read() throws IOException {
        return awaitText() ? text[position++] : -1;
    }

    @Override
    public int read(char[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        requireOpen();
        if (length == 0) return 0;
        if (!awaitText()) return -1;
        int count = Math.min(length, limit - position);
        System.arraycopy(text, position, target, offset, count);
        position += count;
        return count;
    }

    @Override
    public @Nullable String readLine() throws IOException {
        if (!awaitText()) return null;
        int length = 0;
        while (true) {
            int end = indexOfLineEnd(position + length);
            if (end >= 0) return takeLine(end);
            length = limit - position;
            if (!fill()) return take(limit);
        }
    }

    private int indexOfLineEnd(int from) {
        for (int i = from; i < limit; i++) if (text[i] == '\n' || text[i] == '\r') return i;
        return -1;
    }

    private String takeLine(int end) {
        skipsLineFeed = text[end] == '\r';
        String line = take(end);
        position++;
        return line;
    }

    private String take(int end) {
        String taken = new String(text, position, end - position);
        position = end;
        return taken;
    }

    @Override
    public long skip(long count) throws IOException {
        if (count < 0)
            throw new IllegalArgumentException(
                    "cannot skip %d characters: it is negative".formatted(count));
        long left = count;
        while (left > 0 && awaitText()) {
            int step = (int) Math.min(left, limit - position);
            position += step;
            left -= step;
        }
        return count - left;
    }

    /** Waits until a character can be read; false at the end. Passes over a line feed that belongs to the line before. */
    private boolean awaitText() throws IOException {
        requireOpen();
        while (true) {
            if (position == limit && !fill()) return false;
            if (!skipsLineFeed) return true;
            skipsLineFeed = false;
            if (text[position] != '\n') return true;
            position++;
        }
    }

    /** Waits until more is decoded than there is; false at the end. */
    private boolean fill() throws IOException {
        if (ended) return false;
        makeRoom();
        int before = limit;
        decode(false);
        while (limit == before && !ended) decode(readBytes() < 0);
        return limit > before;
    }

    private void makeRoom() {
        if (mark >= 0 && position - mark > markLimit) mark = NO_MARK;
        int kept = mark >= 0 ? mark : position;
        System.arraycopy(text, kept, text, 0, limit - kept);
        position -= kept;
        limit -= kept;
        if (mark >= 0) mark = 0;
        if (limit > text.length / 2) text = Arrays.copyOf(text, text.length * 2);
    }

    private void decode(boolean atEnd) {
        CharBuffer room = CharBuffer.wrap(text, limit, text.length - limit);
        decoder.decode(bytes, room, atEnd);
        if (atEnd) {
            decoder.flush(room);
            ended = true;
        }
        limit = room.position();
    }

    private int readBytes() throws IOException {
        bytes.compact();
        try {
            int count = Blocking.namingMonitors(source, this::readIntoBytes);
            if (count > 0) bytes.position(bytes.position() + count);
            return count;
        } finally {
            bytes.flip();
        }
    }

    private int readIntoBytes() throws IOException {
        return source.read(bytes.array(), bytes.position(), bytes.remaining());
    }

    @Override
    public boolean ready() throws IOException {
        requireOpen();
        return position < limit || source.available() > 0;
    }

    @Override
    public boolean markSupported() {
        return true;
    }

    @Override
    public void mark(int readAheadLimit) throws IOException {
        if (readAheadLimit < 0)
            throw new IllegalArgumentException(
                    "cannot mark with a limit of %d: it is negative".formatted(readAheadLimit));
        requireOpen();
        mark = position;
        markLimit = readAheadLimit;
        markSkipsLineFeed = skipsLineFeed;
    }

    @Override
    public void reset() throws IOException {
        requireOpen();
        if (mark < 0)
            throw new IOException("cannot reset: nothing was marked, or its limit was exceeded");
        position = mark;
        skipsLineFeed = markSkipsLineFeed;
    }

    private void requireOpen() throws IOException {
        if (closed)
            throw new IOException("cannot read from " + source + ": this reader was closed");
    }

    @Override
    public void close() throws IOException {
        if (closed) return;
        closed = true;
        source.close();
    }

    @Override
    public String toString() {
        return "reader of " + source;
    }
}
