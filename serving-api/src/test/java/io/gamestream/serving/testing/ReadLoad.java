package io.gamestream.serving.testing;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Collection;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;

/** Clients that read key after key from one instance and note what goes wrong. */
public final class ReadLoad implements AutoCloseable {

    private static final int CLIENTS = 4;

    private final ServingClient client;
    private final IntFunction<String> path;
    private final int keys;
    private final AtomicLong reads = new AtomicLong();
    private final AtomicLong withoutAge = new AtomicLong();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final Set<String> roles = ConcurrentHashMap.newKeySet();
    private final ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
    private volatile boolean stop;

    private ReadLoad(ServingClient client, IntFunction<String> path, int keys) {
        this.client = client;
        this.path = path;
        this.keys = keys;
    }

    public static ReadLoad start(ServingClient client, IntFunction<String> path, int keys) {
        ReadLoad load = new ReadLoad(client, path, keys);
        for (int i = 0; i < CLIENTS; i++) {
            int offset = i * keys / CLIENTS;
            load.clients.execute(() -> load.run(offset));
        }
        return load;
    }

    private void run(int offset) {
        for (int i = offset; !stop; i++) {
            String at = path.apply(i % keys);
            try {
                ServingClient.Answer answer = client.get(at);
                if (answer.status() != 200) {
                    failures.add(at + ": " + answer.status() + " " + answer.body());
                }
                if (answer.header("Age-Ms").isEmpty()) {
                    withoutAge.incrementAndGet();
                }
                roles.add(answer.header("Backbone-Role"));
            } catch (RuntimeException e) {
                failures.add(at + ": " + e);
            }
            reads.incrementAndGet();
        }
    }

    /** Waits for so many more reads. */
    public void awaitReads(long more) {
        long until = reads.get() + more;
        await().atMost(Duration.ofSeconds(60)).until(() -> reads.get() >= until);
    }

    public Collection<String> failures() {
        return failures;
    }

    public long withoutAge() {
        return withoutAge.get();
    }

    /** What the answering copies were. */
    public Set<String> roles() {
        return roles;
    }

    @Override
    public void close() {
        stop = true;
        clients.shutdownNow();
    }
}
