package dev.corona.examples;

import dev.corona.Generator;

import org.xml.sax.Attributes;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;

import javax.xml.parsers.ParserConfigurationException;
import javax.xml.parsers.SAXParser;
import javax.xml.parsers.SAXParserFactory;

/**
 * A push parser turned inside out: the JDK's SAX parser calls a handler for each piece of a document, and here a loop asks
 * for the pieces instead.
 *
 * <p>The parser runs in a generator, its handler yields: the parser's own stack waits while the loop works. So the loop may
 * keep its state in local variables and stop whenever it likes, also in the middle of a huge document.
 *
 * <p>An example of L. Stadler, <i>Coroutines for the HotSpot VM</i> (2010).
 */
public final class SaxInversion {
    /** A piece of a document. */
    public sealed interface Event {}

    /** The begin of an element. */
    public record Start(String name, Map<String, String> attributes) implements Event {}

    /** Text in an element; one text may come in several pieces. */
    public record Text(String text) implements Event {}

    /** The end of an element. */
    public record End(String name) implements Event {}

    private SaxInversion() {}

    /** Prints every title, with its year, of the file that {@code args} names, or of the library that comes along. */
    public static void main(String[] args) throws IOException {
        try (InputStream xml =
                        args.length == 0 ? library() : Files.newInputStream(Path.of(args[0]));
                Generator<Event> events = events(xml);
                Generator<String> titles = titles(events)) {
            for (String title : titles) System.out.println(title);
        }
    }

    /** The document that comes with the examples. */
    static InputStream library() {
        InputStream found = SaxInversion.class.getResourceAsStream("/library.xml");
        if (found == null) {
            throw new NoSuchElementException("library.xml is not among the examples' resources");
        }
        return found;
    }

    /** The pieces of {@code xml}, which is read as far as they are asked for; it can be read by one run only. */
    public static Generator<Event> events(InputStream xml) {
        return Generator.of("sax", out -> newParser().parse(new InputSource(xml), handler(out)));
    }

    /** The titles of the books among {@code events}, with their years. */
    public static Generator<String> titles(Iterable<Event> events) {
        return Generator.of(
                "titles",
                out -> {
                    String year = "";
                    Iterator<Event> rest = events.iterator();
                    while (rest.hasNext()) {
                        if (!(rest.next() instanceof Start start)) continue;
                        if (start.name().equals("book")) {
                            year = start.attributes().getOrDefault("year", "no year");
                        } else if (start.name().equals("title")) {
                            out.yield("%s (%s)".formatted(textUntilEnd(rest), year));
                        }
                    }
                });
    }

    private static String textUntilEnd(Iterator<Event> rest) {
        StringBuilder text = new StringBuilder();
        while (rest.hasNext() && rest.next() instanceof Text piece) text.append(piece.text());
        return text.toString();
    }

    private static SAXParser newParser() throws ParserConfigurationException, SAXException {
        SAXParserFactory factory = SAXParserFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        return factory.newSAXParser();
    }

    private static DefaultHandler handler(Generator.Yielder<Event> out) {
        return new DefaultHandler() {
            @Override
            public void startElement(
                    String uri, String localName, String name, Attributes attributes) {
                out.yield(new Start(name, copyOf(attributes)));
            }

            @Override
            public void characters(char[] text, int start, int length) {
                out.yield(new Text(new String(text, start, length)));
            }

            @Override
            public void endElement(String uri, String localName, String name) {
                out.yield(new End(name));
            }
        };
    }

    private static Map<String, String> copyOf(Attributes attributes) {
        Map<String, String> copy = new LinkedHashMap<>();
        for (int i = 0; i < attributes.getLength(); i++) {
            copy.put(attributes.getQName(i), attributes.getValue(i));
        }
        return copy;
    }
}
