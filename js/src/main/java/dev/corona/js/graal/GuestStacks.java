package dev.corona.js.graal;

import com.oracle.truffle.api.ThreadLocalAction;
import com.oracle.truffle.api.Truffle;
import com.oracle.truffle.api.TruffleLanguage;
import com.oracle.truffle.api.frame.FrameInstance;
import com.oracle.truffle.api.nodes.Node;
import com.oracle.truffle.api.nodes.RootNode;
import com.oracle.truffle.api.source.SourceSection;
import com.oracle.truffle.js.runtime.JSRealm;

import dev.corona.async.Watchdog;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The JavaScript stack of the loop's thread, asked for by another thread. The engine answers at its next safepoint, which a
 * running script reaches within microseconds; a thread that is blocked in Java reaches none, and its Java stack is given.
 */
public final class GuestStacks {
    private static final long PATIENCE_MILLIS = 250;
    private static final int MOST_FRAMES = 30;

    private final TruffleLanguage.Env env;

    private GuestStacks(TruffleLanguage.Env env) {
        this.env = env;
    }

    /** For the context that is entered on this thread. */
    public static GuestStacks install() {
        return new GuestStacks(JSRealm.get(null).getEnv());
    }

    /** The frames of {@code thread}, innermost first, one line each. Any thread but that one. */
    public List<String> stackOf(Thread thread) {
        Question question = new Question();
        Future<Void> asked = env.submitThreadLocal(new Thread[] {thread}, question);
        try {
            return top(question.answer.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            asked.cancel(false);
            return top(Watchdog.javaStack(thread));
        } catch (ExecutionException e) {
            return top(Watchdog.javaStack(thread));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }

    private static List<String> top(List<String> lines) {
        if (lines.size() <= MOST_FRAMES) return lines;
        List<String> shown = new ArrayList<>(lines.subList(0, MOST_FRAMES));
        shown.add("... " + (lines.size() - MOST_FRAMES) + " more");
        return shown;
    }

    /** Runs on the thread in question. */
    private static final class Question extends ThreadLocalAction {
        final CompletableFuture<List<String>> answer = new CompletableFuture<>();

        Question() {
            super(false, false);
        }

        @Override
        protected void perform(Access access) {
            answer.complete(frames(access.getLocation()));
        }

        private static List<String> frames(@Nullable Node location) {
            List<String> lines = new ArrayList<>();
            boolean[] innermost = {true};
            Truffle.getRuntime()
                    .iterateFrames(
                            frame -> {
                                add(lines, innermost[0] ? location : frame.getCallNode(), frame);
                                innermost[0] = false;
                                return null;
                            });
            return lines;
        }

        private static void add(List<String> lines, @Nullable Node node, FrameInstance frame) {
            if (!(frame.getCallTarget() instanceof com.oracle.truffle.api.RootCallTarget target))
                return;
            RootNode root = target.getRootNode();
            SourceSection section = node == null ? null : node.getEncapsulatingSourceSection();
            if (section == null) section = root.getSourceSection();
            if (section == null || !section.isAvailable() || section.getSource().isInternal())
                return;
            String place =
                    section.getSource().getName()
                            + ":"
                            + section.getStartLine()
                            + ":"
                            + section.getStartColumn();
            String name = root.getName();
            lines.add(
                    name == null || name.isEmpty() || name.startsWith(":")
                            ? place
                            : name + " (" + place + ")");
        }
    }
}
