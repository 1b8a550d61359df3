package dev.corona.weave.differential;

import java.util.List;

/** What a run of a program did: its trace, and its result or what it threw. */
public record Outcome(List<String> trace, String result) {}
