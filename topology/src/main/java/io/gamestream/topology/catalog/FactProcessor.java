package io.gamestream.topology.catalog;

import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;

/** One fact in, one view out; a tombstone stays one. Key, headers and timestamp pass as they are. */
final class FactProcessor<F, V> extends ContextualProcessor<String, F, String, V> {

    /** What readers see of a fact. */
    @FunctionalInterface
    interface Rule<F, V> {

        V view(F fact, long version);
    }

    private final Rule<F, V> rule;

    FactProcessor(Rule<F, V> rule) {
        this.rule = rule;
    }

    @Override
    public void process(Record<String, F> fact) {
        long lsn = FactHeaders.lsn(fact.headers());
        if (fact.key() == null) {
            throw new BadFactException("a fact without a key");
        }
        context().forward(fact.withValue(fact.value() == null ? null : rule.view(fact.value(), lsn)));
    }
}
