package dev.corona.weave;

import dev.corona.Generator;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A program whose jobs outlive their process; woven when it is loaded. */
final class DurableJobs {
    private DurableJobs() {}

    /** Job number {@code id}, suspended after some of its steps. */
    static Generator<String> started(int id) {
        Generator<String> job = job(id);
        for (int i = 0; i < id % 7; i++) job.next();
        return job;
    }

    static List<Object> many(int count) {
        List<Object> all = new ArrayList<>();
        for (int id = 0; id < count; id++) all.add(started(id));
        return all;
    }

    private static Generator<String> job(int id) {
        return Generator.of(
                "job " + id,
                out -> {
                    Map<String, Integer> counts = new TreeMap<>();
                    for (int step = 0; step < 5; step++) {
                        counts.merge("step" + (step % 3), step * id, Integer::sum);
                        out.yield(id + ":" + counts);
                        if (step == 2) pause(out, id, counts);
                    }
                });
    }

    private static void pause(Generator.Yielder<String> out, int id, Map<String, Integer> counts) {
        long seed = 31L * id;
        for (String key : counts.keySet()) out.yield(key + " " + seed++);
    }

    /** What is left of all jobs. */
    static String rest(List<?> jobs) {
        StringBuilder text = new StringBuilder();
        for (Object job : jobs) {
            Generator<?> generator = (Generator<?>) job;
            while (generator.hasNext()) text.append(generator.next()).append('\n');
        }
        return text.toString();
    }
}
