package dev.corona.weave.differential;

import dev.corona.weave.random.Kit;

/** The programs of {@link LibraryUse}, each as a class of its own that runs it. */
public final class LibraryProgram {
    private LibraryProgram() {}

    public static final class Json implements Kit.Program {
        @Override
        public Object run(Points p) throws Exception {
            return LibraryUse.json(p);
        }
    }

    public static final class Writing implements Kit.Program {
        @Override
        public Object run(Points p) throws Exception {
            return LibraryUse.writing(p);
        }
    }

    public static final class Collections implements Kit.Program {
        @Override
        public Object run(Points p) {
            return LibraryUse.collections(p);
        }
    }

    public static final class Strings implements Kit.Program {
        @Override
        public Object run(Points p) throws Exception {
            return LibraryUse.strings(p);
        }
    }
}
