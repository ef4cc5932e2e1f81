package io.gamestream.chaos.cdc.check;

import java.util.Map;

/**
 * A record of the position topic.
 *
 * @param at its own offset
 * @param lsn every row of every transaction with a commit LSN below this one is in Kafka
 * @param offsets last offset written, by partition of the rows' topic
 */
public record PositionRecord(long at, long lsn, Map<Integer, Long> offsets) {

    public PositionRecord {
        offsets = Map.copyOf(offsets);
    }
}
