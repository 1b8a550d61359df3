package dev.corona.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corona.Generator;
import dev.corona.errors.CoroutineFailedException;
import dev.corona.examples.SaxInversion.End;
import dev.corona.examples.SaxInversion.Event;
import dev.corona.examples.SaxInversion.Start;
import dev.corona.examples.SaxInversion.Text;

import org.junit.jupiter.api.Test;
import org.xml.sax.SAXParseException;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** The parser that was turned inside out, over documents good and bad. */
class SaxInversionTest {
    private static InputStream bytes(String xml) {
        return new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void givesThePiecesInOrder() {
        assertThat(SaxInversion.events(bytes("<a x='1'>t<b/></a>")).stream())
                .containsExactly(
                        new Start("a", Map.of("x", "1")),
                        new Text("t"),
                        new Start("b", Map.of()),
                        new End("b"),
                        new End("a"));
    }

    @Test
    void givesWhatComesBeforeAMistakeAndThenTheMistake() {
        Generator<Event> events = SaxInversion.events(bytes("<a><b></a>"));
        assertThat(events.next()).isEqualTo(new Start("a", Map.of()));
        assertThat(events.next()).isEqualTo(new Start("b", Map.of()));
        assertThatThrownBy(events::next)
                .isInstanceOf(CoroutineFailedException.class)
                .hasMessageContaining("generator sax failed")
                .hasCauseInstanceOf(SAXParseException.class);
        assertThat(events.hasNext()).isFalse();
    }

    @Test
    void readsNoFurtherThanItIsAsked() {
        Endless xml = new Endless();
        try (Generator<Event> events = SaxInversion.events(xml)) {
            for (int i = 0; i < 10; i++) assertThat(events.hasNext()).isTrue();
            assertThat(events.next()).isEqualTo(new Start("log", Map.of()));
            for (int i = 0; i < 1_000; i++) events.next();
            assertThat(xml.bytesRead).isLessThan(100_000);
        }
    }

    /** A document that has a begin and no end. */
    private static final class Endless extends InputStream {
        private static final byte[] HEAD = "<log>".getBytes(StandardCharsets.US_ASCII);
        private static final byte[] ENTRY = "<e>x</e>".getBytes(StandardCharsets.US_ASCII);
        private int bytesRead;

        @Override
        public int read() throws IOException {
            int at = bytesRead++;
            if (at < HEAD.length) return HEAD[at];
            return ENTRY[(at - HEAD.length) % ENTRY.length];
        }
    }

    @Test
    void feedsTitlesFromAnyEvents() {
        assertThat(SaxInversion.titles(SaxInversion.events(SaxInversion.library())).stream())
                .hasSize(4)
                .startsWith("Letters on Jumping (1968)");
    }
}
