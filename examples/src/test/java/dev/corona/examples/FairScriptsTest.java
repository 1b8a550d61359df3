package dev.corona.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corona.examples.FairScripts.Ending;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

@Timeout(60)
class FairScriptsTest {
    @Test
    void aDecentScriptEndsAmongHostileOnes() {
        List<Ending> endings = FairScripts.crowd().run();
        Map<String, Ending> byName =
                endings.stream().collect(Collectors.toMap(Ending::name, Function.identity()));
        assertThat(byName).hasSize(7);
        assertThat(byName.get("decent").result()).isEqualTo("[1250025000]");
        assertThat(byName.get("long").result()).contains("not enough memory");
        for (String hostile : List.of("forever", "catcher", "coroutines", "sorter"))
            assertThat(byName.get(hostile).result()).isEqualTo("dropped: its budget is spent");
        assertThat(endings.indexOf(byName.get("decent")))
                .isLessThan(endings.indexOf(byName.get("forever")));
    }

    @Test
    void theCountIsTheSameEachTime() {
        assertThat(FairScripts.crowd().run()).isEqualTo(FairScripts.crowd().run());
    }
}
