package io.gamestream.cdc.capture;

import io.gamestream.cdc.mapping.TableMapping;
import java.util.Arrays;

/** Rows of a table into its topic: the row after each change, a tombstone for one that is gone. */
record TableSink(TableMapping mapping, String topic) implements ChangeSink {

    @Override
    public String table() {
        return mapping.contract().table();
    }

    @Override
    public void write(Change change, Emitter out) {
        switch (change.op()) {
            case 'r', 'c' -> out.put(topic, mapping.key(change.row()), mapping.value(change.row()), change);
            case 'u' -> update(change, out);
            case 'd' -> out.remove(topic, mapping.key(change.oldRow()), change);
            default -> throw new CaptureException("the engine told of an unknown operation: " + change.op());
        }
    }

    /** The engine splits an update of the primary key; of another key only the old row tells. */
    private void update(Change change, Emitter out) {
        byte[] key = mapping.key(change.row());
        byte[] value = mapping.value(change.row());
        if (change.before() != null) {
            byte[] oldKey = mapping.key(change.before());
            if (!Arrays.equals(key, oldKey)) {
                out.remove(topic, oldKey, change);
            }
        }
        out.put(topic, key, value, change);
    }
}
