package dev.corona.lua.emit;

import dev.corona.lua.syntax.SyntaxError;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A function as {@code string.dump} writes it: the text of its chunk, and which of the functions in it is meant. It is compiled when
 * it is loaded, so that a dump that somebody has tampered with is a program like any other.
 *
 * <p>The format: a signature, the version, whether it is stripped, whether it keeps its locals, the number of the function, then the
 * chunk's name and its text, each with its length before it.
 */
record Dump(ChunkText text, int place) {
    /** The first byte is that of all binary chunks. */
    private static final byte[] SIGNATURE = "\u001bCorona".getBytes(StandardCharsets.ISO_8859_1);

    private static final int VERSION = 1;

    static boolean isDump(byte[] chunk) {
        return chunk.length > 0 && chunk[0] == SIGNATURE[0];
    }

    static byte[] write(ChunkText text, int place, boolean strip) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.write(SIGNATURE);
            out.writeByte(VERSION);
            out.writeBoolean(strip || text.isStripped());
            out.writeBoolean(text.keepsLocals());
            out.writeInt(place);
            byte[] name = (strip ? "=?" : text.source()).getBytes(StandardCharsets.ISO_8859_1);
            out.writeInt(name.length);
            out.write(name);
            out.writeInt(text.text().length);
            out.write(text.text());
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    /** Whether a chunk has nothing but the first bytes of the reference's signature. */
    private static boolean isBeginning(byte[] chunk) {
        byte[] whole = "\033Lua".getBytes(StandardCharsets.ISO_8859_1);
        return chunk.length <= whole.length
                && Arrays.equals(chunk, Arrays.copyOf(whole, chunk.length));
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @param name of the chunk, for the error
     * @throws SyntaxError if it is something else
     */
    static Dump read(byte[] chunk, String name) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(chunk))) {
            if (isBeginning(chunk)) throw error(name, "truncated chunk");
            byte[] signature = in.readNBytes(SIGNATURE.length);
            if (!Arrays.equals(signature, Arrays.copyOf(SIGNATURE, signature.length))) {
                throw error(name, "not a binary chunk");
            }
            if (in.readUnsignedByte() != VERSION) throw error(name, "version mismatch");
            boolean stripped = in.readBoolean();
            boolean keepsLocals = in.readBoolean();
            int place = in.readInt();
            String source = new String(part(in), StandardCharsets.ISO_8859_1);
            return new Dump(new ChunkText(part(in), source, keepsLocals, stripped), place);
        } catch (IOException e) {
            throw error(name, "truncated chunk");
        }
    }

    private static byte[] part(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > in.available()) throw new EOFException();
        return in.readNBytes(length);
    }

    static SyntaxError error(String name, String why) {
        String shown = name.startsWith("=") || name.startsWith("@") ? name.substring(1) : name;
        if (name.startsWith("\u001b")) shown = "binary string";
        return new SyntaxError(shown + ": bad binary format (" + why + ")", false);
    }
}
