package dev.corona.weave.transform;

import dev.corona.weave.analysis.Liveness;
import dev.corona.weave.analysis.MethodBody;
import dev.corona.weave.analysis.Monitors;
import dev.corona.weave.analysis.Simulation;
import dev.corona.weave.analysis.Slot;
import dev.corona.weave.analysis.Slot.Reference;
import dev.corona.weave.analysis.Slot.Uninitialized;
import dev.corona.weave.analysis.State;
import dev.corona.weave.analysis.Suspensions;
import dev.corona.weave.analysis.Suspensions.Call;
import dev.corona.weave.analysis.Twins;
import dev.corona.weave.analysis.UnsupportedCode;

import org.jspecify.annotations.Nullable;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.attribute.RuntimeVisibleAnnotationsAttribute;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LineNumber;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What both resumable forms of one method are written from: the calls at which it may suspend, and what is kept there.
 *
 * <p>An object whose constructor has not run cannot be kept in a frame. Where a site lies between {@code new} and the
 * constructor's call, the object is made just before that call, and null stands in its place until then. (The class is
 * still initialized where {@code new} stood.)
 */
final class BodyPlan {
    private static final MethodTypeDesc LINK_CODE = MethodTypeDesc.of(Twins.CODE);

    final MethodBody method;
    final Suspensions suspensions;
    final Simulation simulation;

    /** By the index of the call. */
    final Map<Integer, Site> sites = new LinkedHashMap<>();

    /** For each constructor call the types before it. */
    final Map<Integer, State> constructions = new HashMap<>();

    final Constants constants;
    final Shape shape;
    private final CodeConstant codeConstant;

    /** The {@code new} instructions that are delayed. */
    private final Set<Integer> delayed = new HashSet<>();

    private final String table;

    BodyPlan(MethodBody method, Suspensions suspensions, CodeConstant codeConstant) {
        this.method = method;
        this.suspensions = suspensions;
        this.codeConstant = codeConstant;
        simulation = new Simulation(method);
        List<Found> found = findCalls();
        BitSet kept = new BitSet();
        for (Found each : found) kept.or(each.live());
        constants = new Constants(method, kept);
        for (Found each : found) addSite(each);
        Shape whole = new Shape(0, 0, 0);
        for (Site site : sites.values()) whole = whole.or(site.shape());
        shape = whole;
        table = table();
    }

    /** A call that will be a site. */
    private record Found(
            int index, InvokeInstruction call, Call form, int line, State before, BitSet live) {}

    private void addSite(Found found) {
        Site site =
                new Site(
                        sites.size(),
                        found.index(),
                        found.call(),
                        found.form(),
                        isDirect(found),
                        found.line(),
                        found.before(),
                        found.live(),
                        constants);
        requireNameable(site);
        sites.put(found.index(), site);
        delayUnfinished(site);
    }

    private boolean isDirect(Found found) {
        boolean isNamed = found.form() == Call.STATIC || found.form() == Call.VIRTUAL;
        return isNamed && suspensions.isDirect(found.call());
    }

    private List<Found> findCalls() {
        List<Found> found = new ArrayList<>();
        Liveness liveness = new Liveness(method);
        Monitors monitors = new Monitors(method);
        int[] line = {-1};
        int[] seen = {0};
        simulation.run(
                (index, instruction, state) -> {
                    for (; seen[0] < index; seen[0]++) {
                        if (method.elements().get(seen[0]) instanceof LineNumber l)
                            line[0] = l.line();
                    }
                    if (!(instruction instanceof InvokeInstruction call)) return;
                    if (call.name().equalsString("<init>")) {
                        constructions.put(index, Simulation.keep(state));
                        return;
                    }
                    Call form = suspensions.classify(call, method.owner(), method.model());
                    if (form == Call.PLAIN || monitors.isHeldAt(index)) return;
                    State before = Simulation.keep(state);
                    BitSet live = liveness.after(index);
                    found.add(new Found(index, call, form, line[0], before, live));
                });
        return found;
    }

    /** A frame keeps objects as such, so what comes out of it has to be cast. */
    private void requireNameable(Site site) {
        for (ClassDesc type : site.keptTypes()) {
            if (suspensions.canName(method.owner(), type)) continue;
            throw new UnsupportedCode(
                    "it keeps a value of %s.%s while it is suspended, a class that it has no access to"
                            .formatted(type.packageName(), type.displayName()));
        }
    }

    private void delayUnfinished(Site site) {
        for (Slot entry : site.rest) if (entry instanceof Uninitialized u) delayed.add(u.index());
        for (Slot local : StackMaps.localsOf(site.before)) {
            if (local instanceof Uninitialized u) delayed.add(u.index());
        }
    }

    /** The table that describes the sites at run time. */
    private String table() {
        StringBuilder text = new StringBuilder();
        for (Site site : sites.values()) text.append(site.describe(method)).append('\n');
        return text.toString();
    }

    boolean hasSites() {
        return !sites.isEmpty();
    }

    /** Then the number of the site is 0 in every frame, and is neither read nor written. */
    boolean hasOneSite() {
        return sites.size() == 1;
    }

    /** Whether it calls methods with direct forms. */
    boolean callsDirectForms() {
        return sites.values().stream().anyMatch(s -> s.direct);
    }

    /** Leaves the constant that describes the method on the stack. */
    void loadCode(CodeBuilder b) {
        b.invokestatic(method.owner(), codeConstant.accessor(), LINK_CODE, method.isInInterface());
    }

    /** Writes the method that gives the constant which describes this one; {@code codeConstant} names it. */
    void writeAccessor(CodeBuilder b) {
        b.invokedynamic(codeConstant.callSite(LINK_CODE, table)).areturn();
    }

    /** A hash over the code, the sites and what is kept at each. */
    RuntimeVisibleAnnotationsAttribute fingerprint() {
        Listing listing = Listing.of(method);
        for (Site site : sites.values()) listing.and(site.identify());
        String frame = shape.type().displayName();
        return CodeConstant.fingerprint(
                method.name(),
                method.type().descriptorString(),
                listing.and(frame).hash(),
                frame.substring(frame.indexOf('$') + 1));
    }

    /** The type of the frame. */
    ClassDesc frame() {
        return shape.type();
    }

    boolean isDelayed(int index) {
        return delayed.contains(index);
    }

    /** The type of a slot in the new method, where the objects of delayed {@code new}s are nulls of their class. */
    Slot settled(Slot type) {
        return type instanceof Uninitialized u && delayed.contains(u.index())
                ? new Reference(u.type())
                : type;
    }

    /** The call of a constructor whose {@code new} is delayed: the types before it, and the object. */
    record Late(State before, Uninitialized made) {}

    /** What a call constructs late; null if it is any other call. */
    @Nullable Late late(int index, InvokeInstruction call) {
        State before = constructions.get(index);
        if (before == null) return null;
        List<Slot> stack = before.stack();
        Slot made = stack.get(stack.size() - 1 - call.typeSymbol().parameterCount());
        return made instanceof Uninitialized u && isDelayed(u.index()) ? new Late(before, u) : null;
    }

    @Override
    public String toString() {
        return method.name()
                + Arrays.toString(sites.values().stream().mapToInt(s -> s.line).toArray());
    }
}
