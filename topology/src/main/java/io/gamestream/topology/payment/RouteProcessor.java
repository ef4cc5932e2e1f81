package io.gamestream.topology.payment;

import io.gamestream.schemas.internal.payments.WaitingWebhooks;
import io.gamestream.schemas.payments.PspReference;
import io.gamestream.schemas.payments.WebhookEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** Keeps what is known of each payment intent, and its webhooks until its order is. */
final class RouteProcessor extends ContextualProcessor<String, SpecificRecord, String, RouteRules.Route> {

    private static final byte ORPHAN = TimerKind.ORPHAN.code();

    private final PaymentConfig config;
    private @Nullable KeyValueStore<String, WaitingWebhooks> routes;
    private @Nullable DueIndex due;

    /** Where the next look at what is old begins; null is the beginning. */
    private @Nullable String lookFrom;

    RouteProcessor(PaymentConfig config) {
        this.config = config;
    }

    @Override
    public void init(ProcessorContext<String, RouteRules.Route> context) {
        super.init(context);
        routes = context.getStateStore(PaymentTopology.Names.ROUTES);
        due = new DueIndex(context.getStateStore(PaymentTopology.Names.WAITS));
        context.schedule(config.timers().tick(), PunctuationType.WALL_CLOCK_TIME, this::fire);
        context.schedule(config.routes().lookEvery(), PunctuationType.WALL_CLOCK_TIME, this::forget);
    }

    @Override
    public void process(Record<String, SpecificRecord> input) {
        if (input.key() == null || input.value() == null) {
            throw new BadRecordException("a record without a key or a value (expected: a payment intent's id)");
        }
        long now = context().currentSystemTimeMs();
        @Nullable WaitingWebhooks before = Objects.requireNonNull(routes).get(input.key());
        RouteRules.Route route = input.value() instanceof PspReference reference
                ? RouteRules.reference(before, input.key(), reference.getOrderId(), now)
                : RouteRules.webhook(before, (WebhookEvent) input.value(), now);
        keep(input.key(), before, route);
        context().forward(input.withValue(route));
    }

    private void fire(long now) {
        for (DueIndex.Entry entry :
                Objects.requireNonNull(due).due(now, config.timers().perTick())) {
            due.remove(entry);
            @Nullable WaitingWebhooks before = Objects.requireNonNull(routes).get(entry.id());
            RouteRules.Route route = RouteRules.overdue(before, entry.id(), now);
            if (route != null) {
                routes.put(entry.id(), route.state());
                context().forward(new Record<>(entry.id(), route, now));
            }
        }
    }

    private void forget(long now) {
        List<KeyValue<String, WaitingWebhooks>> some = some();
        for (KeyValue<String, WaitingWebhooks> one : some) {
            RouteRules.@Nullable Aged aged =
                    RouteRules.aged(one.value, one.key, config.routes().keep(), now);
            if (aged == null) {
                continue;
            }
            Objects.requireNonNull(routes).put(one.key, aged.state());
            if (aged.resolved() != null) {
                RouteRules.Route route = new RouteRules.Route(one.value, null, List.of(), aged.resolved());
                context().forward(new Record<>(one.key, route, now));
            }
        }
    }

    /** The next ones, round and round. */
    private List<KeyValue<String, WaitingWebhooks>> some() {
        List<KeyValue<String, WaitingWebhooks>> some = new ArrayList<>();
        int most = config.routes().perLook();
        try (KeyValueIterator<String, WaitingWebhooks> all =
                Objects.requireNonNull(routes).range(lookFrom, null)) {
            while (all.hasNext() && some.size() < most) {
                some.add(all.next());
            }
            lookFrom = all.hasNext() ? all.peekNextKey() : null;
        }
        return some;
    }

    private void keep(String intentId, @Nullable WaitingWebhooks before, RouteRules.Route route) {
        Objects.requireNonNull(routes).put(intentId, route.state());
        @Nullable Long was = before == null ? null : before.getWaitingSince();
        @Nullable Long is = route.state().getWaitingSince();
        if (!Objects.equals(was, is)) {
            if (was != null) {
                Objects.requireNonNull(due).remove(entry(intentId, was));
            }
            if (is != null) {
                Objects.requireNonNull(due).add(entry(intentId, is));
            }
        }
    }

    private DueIndex.Entry entry(String intentId, long since) {
        return new DueIndex.Entry(since + config.policy().orphanWait().toMillis(), ORPHAN, intentId);
    }
}
