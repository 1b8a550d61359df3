package dev.corona.bench.peers;

import com.offbynull.coroutines.instrumenter.InstrumentationSettings;
import com.offbynull.coroutines.instrumenter.Instrumenter;
import com.offbynull.coroutines.instrumenter.asm.ClassInformation;
import com.offbynull.coroutines.instrumenter.generators.DebugGenerators.MarkerType;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Loads {@link OffbynullPeer} instrumented by offbynull's instrumenter. */
public final class OffbynullLoader extends PeerLoader {
    /** The instrumenter reads class files, of which it knows old ones only; what it asks, reflection answers. */
    private final Instrumenter instrumenter = new Instrumenter(this::information);

    public OffbynullLoader() {
        super(OffbynullPeer.class.getName());
    }

    private ClassInformation information(String internalName) {
        Class<?> type;
        try {
            type = Class.forName(internalName.replace('/', '.'), false, getParent());
        } catch (ClassNotFoundException e) {
            return null;
        }
        Class<?> above = type.isInterface() ? Object.class : type.getSuperclass();
        List<String> interfaces = new ArrayList<>();
        for (Class<?> each : type.getInterfaces()) interfaces.add(internal(each));
        return new ClassInformation(
                internalName,
                above == null ? null : internal(above),
                interfaces,
                type.isInterface());
    }

    private static String internal(Class<?> type) {
        return type.getName().replace('.', '/');
    }

    @Override
    protected Class<?> weave(String name) throws IOException {
        byte[] plain = bytes(name);
        InstrumentationSettings settings =
                new InstrumentationSettings(MarkerType.NONE, false, false);
        byte[] woven = instrumenter.instrument(plain, settings).getInstrumentedClass();
        return defineClass(name, woven, 0, woven.length);
    }
}
