package io.gamestream.router;

import io.vertx.core.Context;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Requests that wait for news of a session, for a bounded time. */
final class Waits {

    private static final Logger LOG = LoggerFactory.getLogger(Waits.class);

    private final SessionTable table;
    private final Duration usual;
    private final Duration longest;

    Waits(SessionTable table, Duration usual, Duration longest) {
        this.table = table;
        this.usual = usual;
        this.longest = longest;
    }

    /** Begins to listen, so that nothing is missed between a request and its outcome; ends with the request at the latest. */
    Waiting begin(RoutingContext request, String sessionId, Predicate<Known> wanted, OptionalLong waitMs) {
        Duration wait = waitMs.isPresent() ? Duration.ofMillis(waitMs.getAsLong()) : usual;
        Waiting waiting = new Waiting(sessionId, wanted, wait.compareTo(longest) > 0 ? longest : wait);
        // A client that has gone away meanwhile is waited for by nobody else.
        request.addEndHandler(ended -> waiting.cancel());
        return waiting;
    }

    /** What is done later on the request's own context, whichever thread calls it, unless the client is gone. */
    static Consumer<Runnable> onContextOf(RoutingContext request) {
        Context context = request.vertx().getOrCreateContext();
        return work -> context.runOnContext(go -> {
            if (!request.response().closed()) {
                work.run();
            }
        });
    }

    /** One wait. */
    final class Waiting {

        private final CompletableFuture<Known> found = new CompletableFuture<>();
        private final AutoCloseable listening;
        private final Duration wait;

        private Waiting(String sessionId, Predicate<Known> wanted, Duration wait) {
            this.wait = wait;
            this.listening = table.listen(sessionId, news -> {
                if (wanted.test(news)) {
                    found.complete(news);
                }
            });
            table.session(sessionId).filter(wanted).ifPresent(found::complete);
        }

        /** Ends without anything. */
        void cancel() {
            try {
                listening.close();
            } catch (Exception e) {
                LOG.warn("a wait can't be ended", e);
            }
        }

        /** Goes on with what was found, or with null when the time is over; once. Called on the request's context, and stays there. */
        @SuppressWarnings("FutureReturnValueIgnored") // it is completed or cancelled, never failed
        void then(RoutingContext request, Consumer<@Nullable Known> next) {
            Consumer<Runnable> here = onContextOf(request);
            long timer = request.vertx().setTimer(Math.max(1, wait.toMillis()), late -> found.cancel(false));
            found.whenComplete((known, none) -> {
                request.vertx().cancelTimer(timer);
                cancel();
                here.accept(() -> next.accept(known));
            });
        }
    }
}
