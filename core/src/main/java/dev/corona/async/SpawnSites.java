package dev.corona.async;

import java.util.List;

/** How much is kept of the place where a task was spawned; a setting that children inherit. */
public enum SpawnSites {
    /** The whole stack of the spawn: about 700 bytes a task, and a microsecond or two. */
    STACK {
        @Override
        SpawnSite of(Object body) {
            return SpawnSite.here();
        }
    },
    /** The class that the body was written in, which costs nothing; for programs with very many tasks. */
    BODY {
        @Override
        SpawnSite of(Object body) {
            return BODIES.get(body.getClass());
        }
    };

    private static final ClassValue<SpawnSite> BODIES =
            new ClassValue<>() {
                @Override
                protected SpawnSite computeValue(Class<?> type) {
                    String name = type.getName();
                    int lambda = name.indexOf("$$Lambda");
                    return SpawnSite.of(
                            List.of(
                                    "a body in "
                                            + (lambda < 0 ? name : name.substring(0, lambda))));
                }
            };

    /** The site of a spawn by the caller's caller. */
    abstract SpawnSite of(Object body);
}
