package dev.corona.bench.woven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** The peers do the same work, and the computations give the same in both forms. */
class PeersTest {
    private static final int STEPS = 200;

    private static int run(Class<?> type, String program, int steps) throws Exception {
        return (int) type.getMethod("run", String.class, int.class).invoke(null, program, steps);
    }

    static List<Arguments> programs() {
        List<Arguments> all = new ArrayList<>();
        for (Peer peer : Peer.values()) {
            for (String program : peer.programs()) all.add(arguments(peer, program));
        }
        return all;
    }

    @ParameterizedTest
    @MethodSource("programs")
    void everyPeerTakesAllStepsOfItsPrograms(Peer peer, String program) throws Exception {
        int sum = IntStream.range(0, STEPS).sum();
        int expected = program.equals(Programs.TRANSFER) ? STEPS : sum;
        assertThat(run(peer.load(), program, STEPS)).isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource(Peer.class)
    void massivePeersSuspendAndResumeAll(Peer peer) throws Exception {
        if (!peer.isMassive()) return;
        Class<?> type = peer.load();
        Object[] all = (Object[]) type.getMethod("suspend", int.class).invoke(null, 50);
        for (int round = 0; round < 3; round++) {
            type.getMethod("resume", Object[].class).invoke(null, (Object) all);
        }
        assertThat(all).hasSize(50).doesNotContainNull();
    }

    static List<String> computations() {
        return Computations.ALL;
    }

    @ParameterizedTest
    @MethodSource("computations")
    void computationsGiveTheSameWovenAndPlain(String program) throws Exception {
        int plain = run(Computations.class, program, 20_000);
        assertThat(run(WovenLoader.of(Computations.class), program, 20_000)).isEqualTo(plain);
    }
}
