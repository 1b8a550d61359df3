package dev.corona.bench.peers;

import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;

/** Loads a peer and its nested classes as a library's weaver transforms them, and everything else as it is. */
public abstract class PeerLoader extends ClassLoader {
    private final String peer;

    /**
     * @param peer the name of the class that is woven, with those nested in it
     */
    protected PeerLoader(String peer) {
        super(PeerLoader.class.getClassLoader());
        this.peer = peer;
    }

    /** Defines the woven form of a class. */
    protected abstract Class<?> weave(String name) throws IOException;

    /** The class file as it was compiled. */
    protected final byte[] bytes(String name) throws IOException {
        String file = name.replace('.', '/') + ".class";
        try (InputStream in = getParent().getResourceAsStream(file)) {
            if (in == null) throw new FileNotFoundException("no " + file);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            byte[] buffer = new byte[8192];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) out.write(buffer, 0, n);
            return out.toByteArray();
        }
    }

    @Override
    protected final Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        boolean mine = name.equals(peer) || name.startsWith(peer + "$");
        Class<?> loaded = findLoadedClass(name);
        if (loaded != null) return loaded;
        if (!mine) return super.loadClass(name, resolve);
        try {
            return weave(name);
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
    }
}
