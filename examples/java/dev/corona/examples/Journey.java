package dev.corona.examples;

import dev.corona.Generator;

import java.util.ArrayList;
import java.util.List;

/** What {@link DurableGenerator} suspends in a file: an ordinary generator. Its loader weaves this class. */
final class Journey {
    private Journey() {}

    /** The lines of a story; where it stands, and what is left in the bag, is in local variables. */
    static Generator<String> story() {
        return Generator.of(
                "journey",
                out -> {
                    List<String> bag = new ArrayList<>(List.of("bread", "rope"));
                    out.yield("packed " + String.join(", ", bag));
                    int walked = 0;
                    for (int day = 1; !bag.isEmpty(); day++) {
                        walked += 12;
                        String used = bag.removeFirst();
                        out.yield("day %d: walked %d km, used %s".formatted(day, walked, used));
                    }
                    out.yield("home");
                });
    }
}
