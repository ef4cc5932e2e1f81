package io.gamestream.topology.payment;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** Timers of one task by the time that they are due: keys are {@code due ms, big endian | kind | id}. */
final class DueIndex {

    /** One timer. */
    record Entry(long dueMs, byte kind, String id) {

        private Bytes key() {
            byte[] text = id.getBytes(StandardCharsets.UTF_8);
            return Bytes.wrap(ByteBuffer.allocate(Long.BYTES + 1 + text.length)
                    .putLong(dueMs)
                    .put(kind)
                    .put(text)
                    .array());
        }

        private static Entry of(Bytes key) {
            ByteBuffer buffer = ByteBuffer.wrap(key.get());
            long due = buffer.getLong();
            byte kind = buffer.get();
            return new Entry(due, kind, StandardCharsets.UTF_8.decode(buffer).toString());
        }
    }

    private static final byte[] NOTHING = new byte[0];

    private final KeyValueStore<Bytes, byte[]> store;

    /** Nothing is due before it: a scan from the beginning would step over everything that was ever deleted. */
    private long scanFrom;

    DueIndex(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
    }

    static StoreBuilder<KeyValueStore<Bytes, byte[]>> store(String name) {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(name), Serdes.Bytes(), Serdes.ByteArray());
    }

    void add(Entry entry) {
        store.put(entry.key(), NOTHING);
        scanFrom = Math.min(scanFrom, entry.dueMs());
    }

    void remove(Entry entry) {
        store.delete(entry.key());
    }

    /** The first ones that are due by then, in the order of time. */
    List<Entry> due(long nowMs, int most) {
        List<Entry> entries = new ArrayList<>();
        Bytes from = new Entry(scanFrom, (byte) 0, "").key();
        Bytes to = new Entry(nowMs + 1, (byte) 0, "").key();
        try (KeyValueIterator<Bytes, byte[]> all = store.range(from, to)) {
            while (all.hasNext() && entries.size() < most) {
                KeyValue<Bytes, byte[]> next = all.next();
                entries.add(Entry.of(next.key));
            }
        }
        scanFrom = entries.size() < most ? nowMs : entries.get(0).dueMs();
        return entries;
    }
}
