package dev.corona.bench.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corona.bench.BenchException;

import org.junit.jupiter.api.Test;

class WrkResultTest {
    /** The form of wrk 4.1.0. */
    private static String output(String p50, String p99, String more) {
        return """
                Running 8s test @ http://127.0.0.1:8080/
                  1 threads and 64 connections
                  Thread Stats   Avg      Stdev     Max   +/- Stdev
                    Latency     1.02ms  505.10us  12.50ms   92.11%%
                    Req/Sec    61.50k     3.20k   70.10k    75.00%%
                  Latency Distribution
                     50%%  %s
                     75%%    1.20ms
                     90%%    1.50ms
                     99%%  %s
                  489600 requests in 8.00s, 70.00MB read
                %sRequests/sec:  61200.05
                Transfer/sec:      8.75MB
                """
                .formatted(p50, p99, more);
    }

    @Test
    void readsRatesAndLatencies() {
        assertThat(WrkResult.parse(output("  0.95ms", "  2.50ms", "")))
                .isEqualTo(new WrkResult(489600, 61200.05, 0.95, 2.5, 0));
    }

    @Test
    void readsEveryUnit() {
        WrkResult small = WrkResult.parse(output("250.00us", "  1.50s", ""));
        assertThat(small.p50Millis()).isEqualTo(0.25);
        assertThat(small.p99Millis()).isEqualTo(1500);
        assertThat(WrkResult.parse(output("  1.00s", "  1.50m", "")).p99Millis()).isEqualTo(90_000);
    }

    @Test
    void countsErrorsOfEveryKind() {
        String errors =
                "  Socket errors: connect 1, read 2, write 3, timeout 4\n"
                        + "  Non-2xx or 3xx responses: 10\n";
        assertThat(WrkResult.parse(output("1.00ms", "2.00ms", errors)).errors()).isEqualTo(20);
    }

    @Test
    void hasNoLatencyWithoutRequests() {
        String silent = output("  0.00us", "  0.00us", "").replace("489600 requests", "0 requests");
        WrkResult result = WrkResult.parse(silent);
        assertThat(result.requests()).isZero();
        assertThat(result.p99Millis()).isNaN();
    }

    @Test
    void refusesWhatIsNoReport() {
        assertThatThrownBy(() -> WrkResult.parse("unable to connect"))
                .isInstanceOf(BenchException.class)
                .hasMessageContaining("unable to connect");
    }
}
