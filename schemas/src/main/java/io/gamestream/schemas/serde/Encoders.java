package io.gamestream.schemas.serde;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The encoder for each topic and schema, found by the schema's identity: comparing schemas costs more than encoding a
 * record. Thread-safe.
 */
final class Encoders {

    /** Instances of schemas to know by identity: more than a producer has, unless it parses one per record. */
    private static final int MAX_INSTANCES = 64;

    private record Entry(String topic, Schema schema, AvroEncoder encoder) {

        @SuppressWarnings("ReferenceEquality") // The point of this class.
        boolean is(String otherTopic, Schema otherSchema) {
            return schema == otherSchema && topic.equals(otherTopic);
        }
    }

    private record Key(String topic, Schema schema) {}

    private final BiFunction<String, Schema, AvroEncoder> make;
    private final Map<Key, AvroEncoder> byEquality = new ConcurrentHashMap<>();

    /** Copied on write; found by walking, which beats hashing for the handful that it holds. */
    private volatile Entry[] instances = new Entry[0];

    private @Nullable Entry last;

    Encoders(BiFunction<String, Schema, AvroEncoder> make) {
        this.make = make;
    }

    AvroEncoder of(String topic, Schema schema) {
        // Read and written without a lock: entries are immutable, and whichever one is seen is checked.
        Entry recent = last;
        if (recent != null && recent.is(topic, schema)) {
            return recent.encoder();
        }
        for (Entry entry : instances) {
            if (entry.is(topic, schema)) {
                last = entry;
                return entry.encoder();
            }
        }
        return add(topic, schema);
    }

    private AvroEncoder add(String topic, Schema schema) {
        Key key = new Key(topic, schema);
        AvroEncoder known = byEquality.get(key);
        // Not computeIfAbsent: others must not wait for a registry that they don't need.
        AvroEncoder encoder = known == null ? make.apply(topic, schema) : known;
        byEquality.putIfAbsent(key, encoder);
        remember(new Entry(topic, schema, encoder));
        return encoder;
    }

    private synchronized void remember(Entry entry) {
        Entry[] old = instances.length < MAX_INSTANCES ? instances : new Entry[0];
        Entry[] more = Arrays.copyOf(old, old.length + 1);
        more[old.length] = entry;
        instances = more;
    }
}
