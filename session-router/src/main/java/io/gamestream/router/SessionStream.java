package io.gamestream.router;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gamestream.runtime.http.ProblemException;
import io.vertx.core.Context;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A session's news as server-sent events (WHATWG HTML, 9.2), from what is known now to its end. */
final class SessionStream {

    private static final Logger LOG = LoggerFactory.getLogger(SessionStream.class);
    private static final long HEARTBEAT_MS = 10_000;

    private final RoutingContext request;
    private final SessionTable table;
    private final Function<Known, ObjectNode> render;
    private final HttpServerResponse response;
    private final Context context;
    private final AtomicLong sent = new AtomicLong(-1);

    SessionStream(RoutingContext request, SessionTable table, Function<Known, ObjectNode> render) {
        this.request = request;
        this.table = table;
        this.render = render;
        this.response = request.response();
        this.context = request.vertx().getOrCreateContext();
    }

    void open() {
        String sessionId = request.pathParam("id");
        Known known =
                table.session(sessionId).orElseThrow(() -> new ProblemException(Refusals.unknownSession(sessionId)));
        response.setChunked(true)
                .putHeader("Content-Type", "text/event-stream")
                .putHeader("Cache-Control", "no-store")
                // Nginx would collect events until a buffer is full.
                .putHeader("X-Accel-Buffering", "no");
        AutoCloseable listening = table.listen(sessionId, news -> context.runOnContext(go -> send(news)));
        long heartbeat = request.vertx().setPeriodic(HEARTBEAT_MS, tick -> response.write(": \n\n"));
        // Whether this side ends it or the other: a listener that stays is one more for each session that was ever
        // watched.
        request.addEndHandler(ended -> {
            request.vertx().cancelTimer(heartbeat);
            try {
                listening.close();
            } catch (Exception e) {
                LOG.warn("a stream can't be left", e);
            }
        });
        send(known);
        table.session(sessionId).ifPresent(this::send);
    }

    /** News may come from two sides in the beginning; older ones are passed over. */
    private void send(Known known) {
        if (response.ended()
                || response.closed()
                || sent.getAndAccumulate(known.version(), Math::max) >= known.version()) {
            return;
        }
        response.write("id: " + known.version() + "\nevent: session\ndata: " + render.apply(known) + "\n\n");
        if (known.isOver()) {
            response.end();
        }
    }
}
