package dev.corona.lua;

import dev.corona.lua.LuaOptions.Profile;
import dev.corona.lua.LuaRun.Outcome;
import dev.corona.lua.runtime.LuaFunction;
import dev.corona.snapshot.SnapshotOptions;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The code of docs/lua.md, which {@link GuideTest} compares and runs. */
final class GuideSnippets {
    private GuideSnippets() {}

    static List<@Nullable Object> hello() {
        LuaRuntime lua = LuaRuntime.create(LuaOptions.standard());
        lua.set("twice", args -> (Long) args.get(0) * 2);
        return lua.run("return 'hello', twice(21)"); // [hello, 42]
    }

    static @Nullable Object callback() {
        LuaRuntime lua = LuaRuntime.create(LuaOptions.standard());
        lua.run("function add(a, b) return a + b end");
        LuaFunction add = (LuaFunction) Objects.requireNonNull(lua.get("add"));
        return lua.call(add, 1, 2).get(0); // 3
    }

    static String failure() {
        LuaRuntime lua = LuaRuntime.create(LuaOptions.standard());
        try {
            lua.run("local t = nil\nreturn t.x", "@conf.lua");
            return "";
        } catch (LuaException e) {
            return e.getMessage(); // conf.lua:2: attempt to index a nil value (local 't')
        }
    }

    static final class Account {
        private long balance;

        String owner() {
            return "Ann";
        }

        long deposit(long amount) {
            return balance += amount;
        }
    }

    static List<@Nullable Object> object() {
        LuaRuntime lua = LuaRuntime.create(LuaOptions.standard());
        lua.define(
                LuaType.of("Account", Account.class)
                        .withProperty("owner", Account::owner)
                        .withMethod("deposit", (a, args) -> a.deposit((Long) args.get(0))));
        lua.set("account", new Account());
        return lua.run(
                "return account.owner, account:deposit(5), account.getClass"); // [Ann, 5, null]
    }

    @SuppressWarnings("unchecked")
    static List<String> implementation() {
        LuaRuntime lua = LuaRuntime.create(LuaOptions.standard());
        Object byLength = lua.run("return function(a, b) return #a - #b end").get(0);
        List<String> words = new ArrayList<>(List.of("ccc", "a", "bb"));
        words.sort(lua.implement(Comparator.class, byLength));
        return words; // [a, bb, ccc]
    }

    static List<@Nullable Object> waiting(CompletionStage<String> page) {
        LuaRuntime lua = LuaRuntime.create(LuaOptions.standard());
        lua.set("fetch", args -> page);
        LuaRun run = lua.start(lua.load("return #fetch()", "=script"));
        while (run.resume() == Outcome.WAITING) {
            // the thread is free; a real host comes back when run.awaited() is complete
            Objects.requireNonNull(run.awaited()).toCompletableFuture().join();
        }
        return run.results();
    }

    static LuaOptions untrusted() {
        return LuaOptions.standard()
                .withProfile(Profile.PURE)
                .withAccounting()
                .withMaxMemoryBytes(16 << 20)
                .withMaxStringBytes(1 << 20)
                .withMaxDepth(10_000)
                .withWallTime(Duration.ofSeconds(2));
    }

    static String budget() {
        LuaRuntime lua = LuaRuntime.create(untrusted());
        LuaRun run = lua.start(lua.load("while true do end", "=script"));
        return run.resume(100_000) == Outcome.PAUSED ? "still busy" : "done"; // still busy
    }

    /** Shares a thread among scripts, a portion each; one that takes too much in all is dropped. */
    static List<String> schedule(List<LuaRun> scripts, long portion, long most) {
        List<String> log = new ArrayList<>();
        Deque<LuaRun> ready = new ArrayDeque<>(scripts);
        long[] spent = new long[scripts.size()];
        while (!ready.isEmpty()) {
            LuaRun run = ready.poll();
            int number = scripts.indexOf(run);
            try {
                Outcome outcome = run.resume(portion);
                spent[number] += run.spent();
                if (outcome == Outcome.FINISHED) log.add(number + " " + run.results());
                else if (spent[number] >= most) log.add(number + " dropped");
                else ready.add(run);
            } catch (LuaException e) {
                log.add(number + " " + e.getMessage());
            }
        }
        return log;
    }

    static List<@Nullable Object> stored(ClassLoader loader, byte[] key) {
        LuaRuntime lua = LuaRuntime.create(LuaOptions.standard().withAccounting());
        SnapshotOptions options = SnapshotOptions.of(loader).withKey(key);
        LuaRun run =
                lua.start(
                        lua.load(
                                "local sum = 0 for i = 1, 1000 do sum = sum + i end return sum",
                                "@job.lua"));
        run.resume(500);
        byte[] stored =
                LuaSnapshot.of(run, options).toBytes(); // to a file; the process may end here

        LuaRuntime other = LuaRuntime.create(LuaOptions.standard().withAccounting());
        LuaRun again = LuaSnapshot.ofBytes(stored).restore(other, options);
        again.resume();
        return again.results(); // [500500]
    }

    static List<@Nullable Object> shared() {
        LuaOptions options = LuaOptions.standard();
        LuaChunk chunk = LuaChunk.compile("n = (n or 0) + 1 return n", "=count", options);
        LuaRuntime one = LuaRuntime.create(options);
        LuaRuntime two = LuaRuntime.create(options);
        one.call(one.load(chunk));
        List<@Nullable Object> both = new ArrayList<>(one.call(one.load(chunk)));
        both.addAll(two.call(two.load(chunk)));
        return both; // [2, 1]
    }

    static CompletableFuture<String> page() {
        return CompletableFuture.completedFuture("12345");
    }
}
