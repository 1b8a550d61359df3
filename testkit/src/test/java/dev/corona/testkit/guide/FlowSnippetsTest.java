package dev.corona.testkit.guide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corona.Coexpression;
import dev.corona.Coroutine;
import dev.corona.Generator;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.ArrayList;
import java.util.List;

/** The code of docs/coroutines-in-java.md that needs no loop; {@link GuideTest} compares the two. */
@Timeout(120)
class FlowSnippetsTest {
    private final List<Object> log = new ArrayList<>();

    @Test
    void aGeneratorIsALoop() {
        // region generator
        Generator<Integer> fibonacci =
                Generator.of(
                        out -> {
                            int a = 0;
                            int b = 1;
                            while (true) {
                                out.yield(a);
                                int next = a + b;
                                a = b;
                                b = next;
                            }
                        });
        for (int number : fibonacci) {
            if (number > 20) break;
            log.add(number);
        }
        fibonacci.close();
        // end
        assertThat(log).containsExactly(0, 1, 1, 2, 3, 5, 8, 13);
    }

    // region tree
    record Tree(Tree left, int value, Tree right) {
        Generator<Integer> values() {
            return Generator.of(
                    out -> {
                        if (left != null) out.yieldAll(left.values());
                        out.yield(value);
                        if (right != null) out.yieldAll(right.values());
                    });
        }
    }

    // end

    @Test
    void aGeneratorDelegates() {
        Tree tree = new Tree(new Tree(null, 1, null), 2, new Tree(null, 3, null));
        // region tree-use
        List<Integer> sorted = tree.values().stream().toList();
        // end
        assertThat(sorted).containsExactly(1, 2, 3);
    }

    @Test
    void aCoexpressionTakesAndGives() {
        // region coexpression
        Coexpression<Integer, Integer> total =
                Coexpression.of(
                        (self, first) -> {
                            int sum = first;
                            while (sum < 100) sum += self.yieldReturn(sum);
                            return sum;
                        });
        log.add(total.yieldCall(40)); // 40
        log.add(total.yieldCall(50)); // 90
        log.add(total.yieldCall(30)); // 120, which is the result
        // end
        assertThat(log).containsExactly(40, 90, 120);
        assertThat(total.isFinished()).isTrue();
        assertThatThrownBy(() -> total.yieldCall(1)).hasMessageContaining("finished");
    }

    @Test
    void coroutinesTakeTurns() {
        // region ring
        for (String name : List.of("ping", "pong")) {
            Coroutine.of(
                    name,
                    () -> {
                        for (int i = 1; i <= 2; i++) {
                            log.add(name + " " + i);
                            Coroutine.yieldNext();
                        }
                    });
        }
        Coroutine.drain(); // until all have ended
        // end
        assertThat(log).containsExactly("ping 1", "pong 1", "ping 2", "pong 2");
    }
}
