package dev.corona.examples;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What each example prints. */
class ExamplesTest {
    private interface Program {
        void run() throws Exception;
    }

    @Test
    void saxInversionPrintsTheTitlesOfItsLibrary() throws Exception {
        assertThat(printedBy(() -> SaxInversion.main(new String[0])))
                .containsExactly(
                        "Letters on Jumping (1968)",
                        "A Compiler in Two Directions & Back (1963)",
                        "Coroutines, Without Tears (2010)",
                        "Roses <and> Thorns – a Year (1999)");
    }

    @Test
    void saxInversionReadsAnyFile(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("one.xml");
        Files.writeString(file, "<book><title>One</title></book>");
        assertThat(printedBy(() -> SaxInversion.main(new String[] {file.toString()})))
                .containsExactly("One (no year)");
    }

    @Test
    void generatorTourPrintsEachStop() throws Exception {
        assertThat(printedBy(() -> GeneratorTour.main(new String[0])))
                .containsExactly(
                        "fibonacci: [0, 1, 1, 2, 3, 5, 8, 13, 21, 34]",
                        "in order: [a, b, c, d]",
                        "moves of three disks: [AC, AB, CB, AC, BA, BC, AC]",
                        "open",
                        "row 1",
                        "row 2",
                        "close",
                        "mean with 4.0: 4.0",
                        "mean with 8.0: 6.0",
                        "mean with 6.0: 6.0");
    }

    @Test
    void symmetricRingPrintsEachTurn() throws Exception {
        assertThat(printedBy(() -> SymmetricRing.main(new String[0])))
                .containsExactly(
                        "baker: rye",
                        "baker: wheat",
                        "eater: rye",
                        "eater: wheat",
                        "baker: spelt",
                        "baker: oat",
                        "eater: spelt",
                        "eater: oat",
                        "root: has stamp 1",
                        "ann: has stamp 2",
                        "bob: has stamp 3",
                        "clerk: goes home after 3 stamps",
                        "root: coroutine careless failed: java.lang.NumberFormatException:"
                                + " For input string: \"one\"",
                        "careful: done");
    }

    @Test
    void durableGeneratorTakesOneStepAtEachStart(@TempDir Path folder) throws Exception {
        String[] file = {folder.resolve("journey.bin").toString()};
        Program start = () -> DurableGenerator.main(file);
        assertThat(printedBy(start)).containsExactly("packed bread, rope");
        assertThat(printedBy(start)).containsExactly("day 1: walked 12 km, used bread");
        assertThat(printedBy(start)).containsExactly("day 2: walked 24 km, used rope");
        assertThat(printedBy(start)).containsExactly("home");
        assertThat(printedBy(start)).containsExactly("the end");
        assertThat(folder).isEmptyDirectory();
    }

    private static List<String> printedBy(Program program) throws Exception {
        PrintStream before = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            program.run();
        } finally {
            System.setOut(before);
        }
        return printed.toString(StandardCharsets.UTF_8).lines().toList();
    }
}
