package dev.corona.bench.http;

import dev.corona.bench.Memory;
import dev.corona.bench.Numbers;
import dev.corona.bench.Server;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** The loads that one server had in the rounds of a case. */
final class Series {
    private final Server server;
    private final List<Load> loads = new ArrayList<>();
    private double warmUpResident;

    Series(Server server) {
        this.server = server;
    }

    Server server() {
        return server;
    }

    void addWarmUp(Load load) {
        warmUpResident = load.residentMegabytes();
    }

    void add(Load load) {
        loads.add(load);
    }

    List<Load> loads() {
        return loads;
    }

    double median(ToDoubleFunction<Load> value) {
        return Numbers.median(values(value));
    }

    private double[] values(ToDoubleFunction<Load> value) {
        return loads.stream().mapToDouble(value).toArray();
    }

    /** The median of the rounds' ratios to {@code peer}: a slow phase of the machine slows both of a round. */
    double ratio(Series peer, ToDoubleFunction<Load> value) {
        return Numbers.medianRatio(values(value), peer.values(value));
    }

    /** Errors of all rounds. */
    long errors() {
        return loads.stream().mapToLong(load -> load.wrk().errors()).sum();
    }

    /** The most memory under any load, the warm-up's included; in megabytes. */
    double resident() {
        return loads.stream()
                .mapToDouble(Load::residentMegabytes)
                .reduce(warmUpResident, Math::max);
    }

    /** The most memory since the server's start; in megabytes. */
    double peak() {
        return Memory.of(server.process().pid()).peak();
    }
}
