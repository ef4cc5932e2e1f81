package io.gamestream.topology.payment;

import io.gamestream.schemas.internal.payments.PaymentSaga;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps each order's saga and its timers, and passes on what the machine decides. */
final class PaymentProcessor extends ContextualProcessor<String, PaymentInput, String, Decision> {

    private static final Logger LOG = LoggerFactory.getLogger(PaymentProcessor.class);

    /** A timer whose order can't be decided waits that long; the others go on. */
    private static final long AGAIN_MS = 60_000;

    private final PaymentMachine machine;
    private final PaymentConfig.Timers timers;
    private @Nullable KeyValueStore<String, PaymentSaga> sagas;
    private @Nullable DueIndex due;

    PaymentProcessor(PaymentConfig config) {
        this.machine = new PaymentMachine(config.policy());
        this.timers = config.timers();
    }

    @Override
    public void init(ProcessorContext<String, Decision> context) {
        super.init(context);
        sagas = context.getStateStore(PaymentTopology.Names.SAGAS);
        due = new DueIndex(context.getStateStore(PaymentTopology.Names.TIMERS));
        context.schedule(timers.tick(), PunctuationType.WALL_CLOCK_TIME, this::fire);
    }

    @Override
    public void process(Record<String, PaymentInput> input) {
        if (input.key() == null) {
            throw new BadRecordException("a record without a key (expected: the order's id)");
        }
        long now = context().currentSystemTimeMs();
        @Nullable PaymentSaga before = Objects.requireNonNull(sagas).get(input.key());
        Decision decision = machine.decide(before, input.key(), input.value(), now);
        keep(input.key(), before, decision);
        context().forward(record(input.key(), before, decision, now, input.headers()));
    }

    private void fire(long now) {
        for (DueIndex.Entry entry : Objects.requireNonNull(due).due(now, timers.perTick())) {
            try {
                fire(entry, now);
            } catch (KafkaException e) {
                throw e;
            } catch (RuntimeException e) {
                LOG.error(
                        "order {}: timer {} can't be decided and is tried again in {} s",
                        entry.id(),
                        entry.kind(),
                        AGAIN_MS / 1_000,
                        e);
                due.remove(entry);
                due.add(new DueIndex.Entry(now + AGAIN_MS, entry.kind(), entry.id()));
            }
        }
    }

    private void fire(DueIndex.Entry entry, long now) {
        @Nullable PaymentSaga before = Objects.requireNonNull(sagas).get(entry.id());
        TimerKind kind = TimerKind.of(entry.kind());
        Decision decision = machine.decide(before, entry.id(), new PaymentInput.Due(kind), now);
        Objects.requireNonNull(due).remove(entry);
        keep(entry.id(), before, decision);
        if (decision.saga() == null) {
            // By settings that were changed since it was written it is due later.
            @Nullable Long at = machine.timers(before).get(kind);
            if (at != null && at > now) {
                due.add(entry(entry.id(), kind, at));
            }
        }
        context().forward(record(entry.id(), before, decision, now, new RecordHeaders()));
    }

    /**
     * At the time that its journal entry has, with that of the entry before in a header: by both, entries are found from the
     * newest back.
     */
    private static Record<String, Decision> record(
            String orderId, @Nullable PaymentSaga before, Decision decision, long now, Headers headers) {
        if (decision.entry() == null) {
            return new Record<>(orderId, decision, now, headers);
        }
        if (before != null && before.getView().getSeq() > 0) {
            headers.add(
                    JournalRules.PREVIOUS_AT,
                    Long.toString(before.getView().getUpdatedAt().toEpochMilli())
                            .getBytes(StandardCharsets.UTF_8));
        }
        return new Record<>(orderId, decision, decision.entry().getAt().toEpochMilli(), headers);
    }

    private void keep(String orderId, @Nullable PaymentSaga before, Decision decision) {
        if (decision.saga() == null) {
            return;
        }
        Objects.requireNonNull(sagas).put(orderId, decision.saga());
        Map<TimerKind, Long> was = machine.timers(before);
        Map<TimerKind, Long> is = machine.timers(decision.saga());
        DueIndex index = Objects.requireNonNull(due);
        was.forEach((kind, at) -> {
            if (!at.equals(is.get(kind))) {
                index.remove(entry(orderId, kind, at));
            }
        });
        is.forEach((kind, at) -> {
            if (!at.equals(was.get(kind))) {
                index.add(entry(orderId, kind, at));
            }
        });
    }

    private static DueIndex.Entry entry(String orderId, TimerKind kind, long at) {
        return new DueIndex.Entry(at, kind.code(), orderId);
    }
}
