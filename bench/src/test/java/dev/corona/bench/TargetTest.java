package dev.corona.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

class TargetTest {
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    private String targetsOf(Report report) {
        report.printTargets();
        return printed.toString(StandardCharsets.UTF_8).strip();
    }

    private Report report(boolean judged, Target... targets) {
        Report report = new Report(new PrintStream(printed, true, StandardCharsets.UTF_8), judged);
        for (Target target : targets) report.target(target);
        return report;
    }

    @Test
    void meetsTheLimitItself() {
        assertThat(Target.atLeast("a", 3, 3, "x").isMet()).isTrue();
        assertThat(Target.atMost("a", 3, 3, "x").isMet()).isTrue();
    }

    @Test
    void fallsShortOnTheWrongSide() {
        assertThat(Target.atLeast("a", 2.999, 3, "x").isMet()).isFalse();
        assertThat(Target.atMost("a", 3.001, 3, "x").isMet()).isFalse();
    }

    @Test
    void fallsShortWithoutAValue() {
        assertThat(Target.atLeast("a", Double.NaN, 3, "x").isMet()).isFalse();
        assertThat(Target.atMost("a", Double.NaN, 3, "x").isMet()).isFalse();
        assertThat(Target.atMost("a", 3, Double.NaN, "x").isMet()).isFalse();
    }

    @Test
    void printsOneLinePerTarget() {
        Report report =
                report(
                        true,
                        Target.atLeast("http-hello", 3.25, 3, "x node's requests/s"),
                        Target.atMost("kernel-switch", 161.4, 160, "ns"));
        assertThat(targetsOf(report).lines())
                .containsExactly(
                        "target http-hello: 3.25 vs >= 3 x node's requests/s ok",
                        "target kernel-switch: 161 vs <= 160 ns SHORT");
    }

    @Test
    void isGoodOnlyIfEveryTargetIsMet() {
        Target met = Target.atMost("a", 1, 2, "x");
        Target missed = Target.atMost("b", 3, 2, "x");
        assertThat(report(true, met).isGood()).isTrue();
        assertThat(report(true, met, missed).isGood()).isFalse();
    }

    @Test
    void doesNotJudgeQuickRuns() {
        Report report = report(false, Target.atMost("a", 3, 2, "x"));
        assertThat(report.isGood()).isTrue();
        assertThat(targetsOf(report)).isEqualTo("target a: 3 vs <= 2 x (quick: not judged)");
    }

    @Test
    void writesNumbersWithTheDecimalsThatMatter() {
        assertThat(Target.number(0)).isEqualTo("0");
        assertThat(Target.number(0.123)).isEqualTo("0.12");
        assertThat(Target.number(12.34)).isEqualTo("12.3");
        assertThat(Target.number(123456.7)).isEqualTo("123457");
        assertThat(Target.number(Double.NaN)).isEqualTo("-");
    }
}
