package io.gamestream.serving.changes;

import io.micrometer.core.instrument.Counter;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client's stream of server-sent events (WHATWG HTML, 9.2). Every event carries the position after it; so does every heartbeat, as an
 * {@code id} without data, which clients remember and do not show: a quiet stream's position must not grow old.
 */
final class EventStream implements Subscriber {

    private static final Logger LOG = LoggerFactory.getLogger(EventStream.class);
    private static final int WRITE_BYTES = 64 * 1024;

    /** Heartbeats without a byte taken in between: the other side is gone, or as good as that. */
    private static final int STALLED_HEARTBEATS = 3;

    private static final Buffer ID = Buffer.buffer("id: ");
    private static final Buffer LINE = Buffer.buffer("\n");
    private static final CharSequence MEDIA_TYPE = HttpHeaders.createOptimized("text/event-stream");

    private final Vertx vertx;
    private final Context context;
    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private final Outbox outbox;
    private final ViewTail tail;
    private final Runnable whenClosed;
    private final Counter cut;
    private final AtomicBoolean woken = new AtomicBoolean();
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile boolean live;
    private long heartbeatTimer = -1;
    private int stalled;

    /** @param whenClosed called once, whichever side closes first */
    EventStream(
            Vertx vertx,
            Context context,
            HttpServerRequest request,
            Outbox outbox,
            ViewTail tail,
            Runnable whenClosed,
            Counter cut) {
        this.vertx = vertx;
        this.context = context;
        this.request = request;
        this.response = request.response();
        this.outbox = outbox;
        this.tail = tail;
        this.whenClosed = whenClosed;
        this.cut = cut;
    }

    /**
     * Sends the head of the answer and where the stream starts. On the client's context, before anything else.
     *
     * @param resetReason why the client's own position can't be resumed and all it has is to be thrown away; null where it can
     */
    void open(ChangesSettings settings, @Nullable String resetReason) {
        response.setChunked(true);
        response.putHeader(HttpHeaders.CONTENT_TYPE, MEDIA_TYPE);
        response.putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        // Nginx would collect events until a buffer is full.
        response.putHeader("X-Accel-Buffering", "no");
        response.closeHandler(gone -> close());
        response.exceptionHandler(gone -> close());
        response.drainHandler(ready -> drain());
        StringBuilder first = new StringBuilder();
        first.append("retry: ").append(settings.retry().toMillis()).append('\n');
        first.append("id: ").append(outbox.position().encode()).append('\n');
        if (resetReason != null) {
            first.append("event: reset\ndata: {\"reason\":\"")
                    .append(resetReason)
                    .append("\"}\n");
        }
        response.write(first.append('\n').toString());
        heartbeatTimer = vertx.setPeriodic(settings.heartbeat().toMillis(), tick -> heartbeat());
    }

    @Override
    public Outbox outbox() {
        return outbox;
    }

    @Override
    public void joined() {
        live = true;
    }

    @Override
    public void wake() {
        if (!closed.get() && woken.compareAndSet(false, true)) {
            context.runOnContext(run -> {
                woken.set(false);
                drain();
            });
        }
    }

    @Override
    public boolean isClosed() {
        return closed.get();
    }

    @Override
    public void disconnect(String why) {
        LOG.debug("a stream of changes is cut: {}", why);
        context.runOnContext(run -> {
            if (!closed.get()) {
                cut.increment();
            }
            close();
            request.connection().close();
        });
    }

    private void drain() {
        // Before the outbox is emptied: what is offered meanwhile is newer.
        long complete = live ? tail.completeMillis() : 0;
        Buffer out = Buffer.buffer();
        while (!closed.get() && !response.writeQueueFull()) {
            Change change = outbox.poll();
            if (change == null) {
                write(out);
                outbox.complete(complete);
                return;
            }
            if (change.event() != null) {
                out.appendBuffer(ID).appendString(outbox.position().encode(), StandardCharsets.US_ASCII.name());
                out.appendBuffer(LINE).appendBuffer(change.event());
            }
            if (out.length() >= WRITE_BYTES) {
                write(out);
                out = Buffer.buffer();
            }
        }
        // The response's drain handler goes on.
        write(out);
    }

    private void write(Buffer out) {
        if (out.length() > 0 && !closed.get()) {
            stalled = 0;
            response.write(out);
        }
    }

    private void heartbeat() {
        if (response.writeQueueFull()) {
            stalled++;
            if (stalled >= STALLED_HEARTBEATS) {
                disconnect("takes nothing");
            }
            return;
        }
        drain();
        write(Buffer.buffer(": heartbeat\nid: " + outbox.position().encode() + "\n\n"));
    }

    private void close() {
        if (closed.compareAndSet(false, true)) {
            vertx.cancelTimer(heartbeatTimer);
            tail.leave(this);
            whenClosed.run();
        }
    }
}
