package io.gamestream.schemas.registry;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;

/**
 * Remembers what cannot change: the schema of an id, and the id of a schema under a subject. What is missing is
 * remembered for a moment only: long enough that a run of poison records doesn't storm the registry, short enough that
 * whoever registers the schema needn't restart anything.
 */
final class CachingRegistryClient implements SchemaRegistryClient {

    private static final long MISSING_NANOS = Duration.ofSeconds(2).toNanos();

    /** Hostile records can name any id. */
    private static final int MAX_MISSING = 1_000;

    private record Key(String subject, Schema schema) {}

    private final SchemaRegistryClient registry;
    private final Map<Integer, Schema> schemas = new ConcurrentHashMap<>();
    private final Map<Key, Integer> ids = new ConcurrentHashMap<>();
    private final Map<Object, Long> missing = new ConcurrentHashMap<>();

    CachingRegistryClient(SchemaRegistryClient registry) {
        this.registry = registry;
    }

    @Override
    public Optional<Schema> schema(int id) {
        Schema known = schemas.get(id);
        if (known != null || lately(id)) {
            return Optional.ofNullable(known);
        }
        Optional<Schema> found = registry.schema(id);
        found.ifPresentOrElse(schema -> schemas.putIfAbsent(id, schema), () -> remember(id));
        return Optional.ofNullable(schemas.get(id));
    }

    @Override
    public Optional<Integer> id(String subject, Schema schema) {
        Key key = new Key(subject, schema);
        Integer known = ids.get(key);
        if (known != null || lately(key)) {
            return Optional.ofNullable(known);
        }
        Optional<Integer> found = registry.id(subject, schema);
        found.ifPresentOrElse(id -> ids.put(key, id), () -> remember(key));
        return found;
    }

    @Override
    public int register(String subject, Schema schema) {
        int id = registry.register(subject, schema);
        ids.put(new Key(subject, schema), id);
        // Whatever was missing may be there now.
        missing.clear();
        return id;
    }

    @Override
    public Optional<RegisteredSchema> latest(String subject) {
        return registry.latest(subject);
    }

    @Override
    public List<String> subjects() {
        return registry.subjects();
    }

    @Override
    public Optional<String> compatibility(String subject) {
        return registry.compatibility(subject);
    }

    @Override
    public void setCompatibility(String subject, String level) {
        registry.setCompatibility(subject, level);
    }

    @Override
    public String where() {
        return registry.where();
    }

    private boolean lately(Object key) {
        Long since = missing.get(key);
        return since != null && System.nanoTime() - since < MISSING_NANOS;
    }

    private void remember(Object key) {
        if (missing.size() >= MAX_MISSING) {
            missing.clear();
        }
        missing.put(key, System.nanoTime());
    }
}
