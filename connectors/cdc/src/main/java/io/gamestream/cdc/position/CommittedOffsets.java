package io.gamestream.cdc.position;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import org.apache.kafka.connect.runtime.WorkerConfig;
import org.apache.kafka.connect.storage.OffsetBackingStore;
import org.apache.kafka.connect.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * The engine's offset store: it reads only what a Kafka transaction has committed, and writes nothing. The rows and the
 * position are committed by their writer, which then publishes the position here; only afterwards does the engine tell the
 * database how much of its log may go. (A store that commits in {@code set} would do too, but the engine logs and swallows
 * what {@code set} throws.)
 */
public final class CommittedOffsets implements OffsetBackingStore {

    /** The engine makes its store by class name; this setting of the engine leads it back to its capture. */
    public static final String CAPTURE = "backbone.capture";

    private static final Map<String, Map<String, Object>> COMMITTED = new ConcurrentHashMap<>();

    private @Nullable String capture;

    /** Makes an offset visible to the engine of a capture. */
    public static void publish(String capture, Map<String, Object> offset) {
        COMMITTED.put(capture, Map.copyOf(offset));
    }

    /** Forgets a capture's offset. */
    public static void forget(String capture) {
        COMMITTED.remove(capture);
    }

    @Override
    public void configure(WorkerConfig config) {
        capture = config.originalsStrings().get(CAPTURE);
    }

    @Override
    public Future<Map<ByteBuffer, ByteBuffer>> get(Collection<ByteBuffer> keys) {
        Map<ByteBuffer, ByteBuffer> found = new HashMap<>();
        Map<String, Object> offset = capture == null ? null : COMMITTED.get(capture);
        if (offset != null) {
            byte[] json = ProgressJson.write(offset).getBytes(StandardCharsets.UTF_8);
            keys.forEach(key -> found.put(key, ByteBuffer.wrap(json)));
        }
        return CompletableFuture.completedFuture(found);
    }

    @Override
    public Future<Void> set(Map<ByteBuffer, ByteBuffer> values, Callback<Void> callback) {
        callback.onCompletion(null, null);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public Set<Map<String, Object>> connectorPartitions(String connectorName) {
        return Set.of();
    }

    @Override
    public void start() {}

    @Override
    public void stop() {}
}
