package dev.corona.weave;

import java.util.List;
import java.util.Map;

/**
 * What weaving some classes gave.
 *
 * @param classes the class files by name with dots: every class that was given, changed or not
 * @param changed how many of them were changed
 * @param resumable how many methods have a resumable form
 * @param reports what could not be done, and what will not work as it may look
 */
public record WovenSet(
        Map<String, byte[]> classes, int changed, int resumable, List<Report> reports) {
    public WovenSet {
        classes = Map.copyOf(classes);
        reports = List.copyOf(reports);
    }
}
