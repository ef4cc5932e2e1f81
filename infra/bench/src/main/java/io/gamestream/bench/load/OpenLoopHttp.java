package io.gamestream.bench.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * GET requests at a fixed rate, whatever the answers do: latency counts from the moment at which a request was due, so
 * that a stalled server can't hide behind a waiting client (coordinated omission). One thread.
 */
public final class OpenLoopHttp {

    private static final int CONNECTIONS = 64;
    private static final int SUCCESS = 200;
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final Latencies latencies = new Latencies();
    private final List<PipelinedConnection> connections = new ArrayList<>();
    private long failed;
    private long underWay;
    private int next;

    /**
     * Runs for a while and waits for the last answers.
     *
     * @param paths the path of each next request
     */
    public Result run(String host, int port, Supplier<String> paths, int perSecond, Duration duration)
            throws IOException {
        latencies.take();
        failed = 0;
        underWay = 0;
        try (Selector selector = Selector.open()) {
            for (int i = 0; i < CONNECTIONS; i++) {
                connections.add(new PipelinedConnection(selector, new InetSocketAddress(host, port)));
            }
            send(selector, paths, TimeUnit.SECONDS.toNanos(1) / (double) perSecond, duration.toNanos());
        } finally {
            for (PipelinedConnection connection : connections) {
                connection.close();
            }
            connections.clear();
        }
        return new Result(latencies.take(), failed, underWay);
    }

    private void send(Selector selector, Supplier<String> paths, double gapNanos, long durationNanos)
            throws IOException {
        long start = System.nanoTime();
        long requests = (long) (durationNanos / gapNanos);
        long sent = 0;
        while (sent < requests || underWay > 0) {
            long now = System.nanoTime();
            while (sent < requests && start + (long) (sent * gapNanos) <= now) {
                if (!idlest().add(paths.get(), start + (long) (sent * gapNanos))) {
                    // All are full: these requests go late, and their latency counts from when they were due.
                    break;
                }
                underWay++;
                sent++;
            }
            for (PipelinedConnection connection : connections) {
                connection.flush();
            }
            selector.select(1);
            for (SelectionKey key : selector.selectedKeys()) {
                if (key.isReadable()) {
                    ((PipelinedConnection) key.attachment()).read(this::answered);
                }
            }
            selector.selectedKeys().clear();
            if (now - start > durationNanos + PATIENCE_NANOS) {
                return;
            }
        }
    }

    private void answered(long dueNanos, int status) {
        underWay--;
        if (status == SUCCESS) {
            latencies.recordSince(dueNanos);
        } else {
            failed++;
        }
    }

    /** In turn, so that all are used, but none that waits while another one doesn't. */
    private PipelinedConnection idlest() {
        PipelinedConnection best = connections.get(next);
        for (int i = 0; i < connections.size() && best.underWay() > 0; i++) {
            PipelinedConnection other = connections.get((next + i) % connections.size());
            if (other.underWay() < best.underWay()) {
                best = other;
            }
        }
        next = (next + 1) % connections.size();
        return best;
    }

    /**
     * What a run showed.
     *
     * @param latencies of the requests that were answered with 200
     * @param failed requests with another status
     * @param unanswered requests without an answer 10 s after the end
     */
    public record Result(Latencies.Summary latencies, long failed, long unanswered) {}
}
