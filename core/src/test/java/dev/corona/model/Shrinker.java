package dev.corona.model;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/** Makes a program that fails smaller, as long as what is left fails too. */
final class Shrinker {
    private static final int ATTEMPTS = 3_000;

    private final Predicate<Program> fails;
    private int attempts;

    private Shrinker(Predicate<Program> fails) {
        this.fails = fails;
    }

    /** A program that fails, none of whose steps can be left out. */
    static Program shrink(Program failing, Predicate<Program> fails) {
        return new Shrinker(fails).smallest(failing);
    }

    private Program smallest(Program failing) {
        for (List<Step> body : smaller(failing.body())) {
            Program candidate = failing.withBody(body);
            if (attempts++ >= ATTEMPTS) return failing;
            if (fails.test(candidate)) return smallest(candidate);
        }
        return failing;
    }

    /** The bodies with one step less: without one, or with the steps that were inside of it. */
    private static List<List<Step>> smaller(List<Step> body) {
        List<List<Step>> all = new ArrayList<>();
        for (int i = 0; i < body.size(); i++) {
            Step step = body.get(i);
            all.add(replaced(body, i, List.of()));
            for (List<Step> inner : flattened(step)) all.add(replaced(body, i, inner));
            for (Step less : lesser(step)) all.add(replaced(body, i, List.of(less)));
        }
        return all;
    }

    private static List<Step> replaced(List<Step> body, int index, List<Step> by) {
        List<Step> changed = new ArrayList<>(body.subList(0, index));
        changed.addAll(by);
        changed.addAll(body.subList(index + 1, body.size()));
        return List.copyOf(changed);
    }

    private static List<List<Step>> flattened(Step step) {
        return switch (step) {
            case Step.Timeout(int millis, List<Step> body) -> List.of(body);
            case Step.Shield(List<Step> body) -> List.of(body);
            case Step.Scoped(boolean failFast, List<Step> body) -> List.of(body);
            case Step.Try(List<Step> body) -> List.of(body);
            case Step.Finally(List<Step> body, List<Step> cleanup) -> List.of(body, cleanup);
            default -> List.of();
        };
    }

    /** The same step with less inside. */
    private static List<Step> lesser(Step step) {
        return switch (step) {
            case Step.Spawn(int task, boolean child, List<Step> body) ->
                    each(body, less -> new Step.Spawn(task, child, less));
            case Step.Timeout(int millis, List<Step> body) ->
                    each(body, less -> new Step.Timeout(millis, less));
            case Step.Shield(List<Step> body) -> each(body, Step.Shield::new);
            case Step.Scoped(boolean failFast, List<Step> body) ->
                    each(body, less -> new Step.Scoped(failFast, less));
            case Step.Try(List<Step> body) -> each(body, Step.Try::new);
            case Step.Finally(List<Step> body, List<Step> cleanup) -> {
                List<Step> all = each(body, less -> new Step.Finally(less, cleanup));
                all.addAll(each(cleanup, less -> new Step.Finally(body, less)));
                yield all;
            }
            case Step.Choose choose -> choices(choose);
            default -> List.of();
        };
    }

    private static List<Step> each(List<Step> body, Function<List<Step>, Step> rebuild) {
        List<Step> all = new ArrayList<>();
        for (List<Step> less : smaller(body)) all.add(rebuild.apply(less));
        return all;
    }

    private static List<Step> choices(Step.Choose choose) {
        List<Step> all = new ArrayList<>();
        for (int i = 0; i < choose.branches().size(); i++) {
            List<Step.Branch> less = new ArrayList<>(choose.branches());
            less.remove(i);
            all.add(new Step.Choose(List.copyOf(less), choose.otherwise()));
        }
        return all;
    }
}
