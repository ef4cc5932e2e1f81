package io.gamestream.router;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gamestream.runtime.connection.RedisSettings;
import io.gamestream.runtime.http.Json;
import io.gamestream.runtime.metrics.Metrics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.params.SetParams;

/**
 * Sessions for whoever can't read Kafka now: the last state of each, for as long as it is kept. Written behind, newest state
 * first; when Redis is away the states wait, up to a bound, and nobody waits for them.
 */
final class RedisSessions implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RedisSessions.class);
    private static final String PREFIX = "session:";
    private static final int MOST_WAITING = 100_000;
    private static final int TIMEOUT_MS = 500;
    private static final long AGAIN_MS = 1_000;

    private final RedisClient redis;
    private final Duration kept;
    private final Counter failures;
    private final Map<String, String> waiting = new LinkedHashMap<>();
    private final Thread writer = new Thread(this::run, "session-redis");
    private volatile boolean away;
    private boolean closed;

    RedisSessions(RedisSettings settings, Duration kept, Metrics metrics) {
        this.kept = kept;
        JedisClientConfig config = DefaultJedisClientConfig.builder(settings.url())
                .connectionTimeoutMillis(TIMEOUT_MS)
                .socketTimeoutMillis(TIMEOUT_MS)
                .build();
        redis = RedisClient.builder()
                .hostAndPort(
                        new HostAndPort(settings.url().getHost(), settings.url().getPort()))
                .clientConfig(config)
                .build();
        failures = Counter.builder("router.redis.failures")
                .description("Calls to Redis that have failed")
                .register(metrics.registry());
        Gauge.builder("router.redis.waiting", this, RedisSessions::size)
                .description("Sessions to be written to Redis")
                .strongReference(true)
                .register(metrics.registry());
        writer.setDaemon(true);
        writer.start();
    }

    /** Writes it, some time; of one session only the newest state. */
    synchronized void put(String sessionId, ObjectNode session) {
        if (waiting.size() >= MOST_WAITING && !waiting.containsKey(sessionId)) {
            waiting.remove(waiting.keySet().iterator().next());
        }
        waiting.put(sessionId, session.toString());
        notifyAll();
    }

    /** The last state that was written; empty where there is none, and where Redis is away. */
    Optional<ObjectNode> find(String sessionId) {
        try {
            String json = redis.get(PREFIX + sessionId);
            return json == null ? Optional.empty() : Optional.of((ObjectNode) Json.MAPPER.readTree(json));
        } catch (JedisException | JsonProcessingException e) {
            failed(e);
            return Optional.empty();
        }
    }

    synchronized int size() {
        return waiting.size();
    }

    @Override
    public void close() throws InterruptedException {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        writer.join(Duration.ofSeconds(2).toMillis());
        redis.close();
    }

    private void run() {
        try {
            for (Map.@Nullable Entry<String, String> next = next(); next != null; next = next()) {
                write(next);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void write(Map.Entry<String, String> next) throws InterruptedException {
        try {
            redis.set(
                    PREFIX + next.getKey(),
                    next.getValue(),
                    SetParams.setParams().ex(kept.toSeconds()));
            if (away) {
                away = false;
                LOG.info("Redis is back");
            }
        } catch (JedisException e) {
            failed(e);
            synchronized (this) {
                // A newer state may have come meanwhile.
                waiting.putIfAbsent(next.getKey(), next.getValue());
                long until = System.nanoTime() + Duration.ofMillis(AGAIN_MS).toNanos();
                for (long left = AGAIN_MS; left > 0 && !closed; left = (until - System.nanoTime()) / 1_000_000) {
                    wait(left);
                }
            }
        }
    }

    private synchronized Map.@Nullable Entry<String, String> next() throws InterruptedException {
        while (waiting.isEmpty() && !closed) {
            wait();
        }
        if (closed) {
            return null;
        }
        String sessionId = waiting.keySet().iterator().next();
        return Map.entry(sessionId, Objects.requireNonNull(waiting.remove(sessionId)));
    }

    private void failed(Exception e) {
        failures.increment();
        if (!away) {
            away = true;
            LOG.warn("Redis is away, sessions are kept here until it is back: {}", e.toString());
        }
    }
}
