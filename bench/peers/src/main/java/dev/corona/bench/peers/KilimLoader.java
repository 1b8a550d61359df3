package dev.corona.bench.peers;

import kilim.KilimException;
import kilim.analysis.ClassInfo;
import kilim.analysis.ClassWeaver;
import kilim.analysis.KilimContext;
import kilim.mirrors.CachedClassMirrors;

import java.io.ByteArrayInputStream;
import java.io.IOException;

/** Loads {@link KilimPeer} woven by Kilim's weaver. */
public final class KilimLoader extends PeerLoader {
    private final KilimContext context = new KilimContext(new CachedClassMirrors(getParent()));

    public KilimLoader() {
        super(KilimPeer.class.getName());
    }

    @Override
    protected Class<?> weave(String name) throws IOException {
        ClassWeaver weaver = new ClassWeaver(context, new ByteArrayInputStream(bytes(name)));
        try {
            weaver.weave();
        } catch (KilimException e) {
            throw new IOException("Kilim cannot weave " + name, e);
        }
        Class<?> woven = null;
        for (ClassInfo each : weaver.getClassInfos()) {
            Class<?> defined = define(each);
            if (each.className.equals(name)) woven = defined;
        }
        if (woven != null) return woven;
        byte[] plain = bytes(name);
        return defineClass(name, plain, 0, plain.length);
    }

    /** Defines what the weaver gave: the class itself, or one for the state of its frames. */
    private Class<?> define(ClassInfo info) {
        Class<?> known = findLoadedClass(info.className);
        return known != null
                ? known
                : defineClass(info.className, info.bytes, 0, info.bytes.length);
    }
}
