package dev.corona;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

/** The forms that the factories offer, on the engine that the process chose; and what they are called. */
class CoexpressionFormsTest {
    private final List<Object> log = new ArrayList<>();

    @Test
    void generatorHasNoInputsAndEndsWithNull() {
        Coexpression<Void, Integer> ones =
                Coexpression.generator(
                        self -> {
                            for (int i = 0; i < 3; i++) self.yieldReturn(i);
                        });
        assertThat(List.of(ones.yieldCall(), ones.yieldCall(), ones.yieldCall()))
                .containsExactly(0, 1, 2);
        assertThat(ones.isFinished()).isFalse();
        assertThat(ones.yieldCall()).isNull();
        assertThat(ones.isFinished()).isTrue();
    }

    @Test
    void sinkTakesValuesUntilItIsClosed() {
        Coexpression<String, Void> sink =
                Coexpression.sink(
                        (self, first) -> {
                            try {
                                for (String s = first; ; s = self.yieldReturn()) log.add(s);
                            } finally {
                                log.add("closed");
                            }
                        });
        try (sink) {
            assertThat(sink.yieldCall("a")).isNull();
            assertThat(sink.yieldCall("b")).isNull();
        }
        assertThat(log).containsExactly("a", "b", "closed");
    }

    @Test
    void transformerAnswersEachInput() {
        Coexpression<Double, Double> mean =
                Coexpression.transformer(
                        (self, first) -> {
                            double sum = first;
                            for (int n = 1; n < 3; n++) sum += self.yieldReturn(sum / n);
                        });
        assertThat(mean.yieldCall(1.0)).isEqualTo(1.0);
        assertThat(mean.yieldCall(3.0)).isEqualTo(2.0);
        assertThat(mean.yieldCall(3.0)).isNull();
        assertThat(mean.isFinished()).isTrue();
    }

    @Test
    void isCalledByItsNameOrAfterTheClassThatWroteIt() {
        Coexpression<Integer, Integer> named = Coexpression.of("doubler", (self, x) -> 2 * x);
        assertThat(named).hasToString("coexpression doubler");
        assertThat(named.name()).isEqualTo("doubler");
        assertThat(Coexpression.<Integer, Integer>of((self, x) -> x))
                .hasToString("coexpression in CoexpressionFormsTest");
        assertThat(new Identity().name()).isEqualTo("in CoexpressionFormsTest$Identity");
        assertThat(new Identity("same").name()).isEqualTo("same");
    }

    @Test
    void subclassesRunOnTheChosenEngine() {
        Identity identity = new Identity();
        assertThat(identity.yieldCall("x")).isEqualTo("x");
        assertThat(identity.isFinished()).isTrue();
    }

    private static final class Identity extends Coexpression<String, String> {
        Identity() {}

        Identity(String name) {
            super(name);
        }

        @Override
        protected String run(String first) {
            return first;
        }
    }
}
