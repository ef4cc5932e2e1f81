package io.gamestream.topology.streams;

import org.apache.kafka.streams.StreamsConfig;

/** What a restart may repeat. */
public enum Guarantee {
    /** Records may be processed again; for results that are keyed and the same each time. */
    AT_LEAST_ONCE(StreamsConfig.AT_LEAST_ONCE),
    /** Results, state and offsets in one transaction; for sums, and for money. */
    EXACTLY_ONCE(StreamsConfig.EXACTLY_ONCE_V2);

    private final String value;

    Guarantee(String value) {
        this.value = value;
    }

    String value() {
        return value;
    }
}
