package io.gamestream.serving.read;

import io.gamestream.schemas.payments.PaymentView;
import io.gamestream.serving.render.PaymentJson;
import io.gamestream.serving.view.Entry;
import io.gamestream.serving.view.View;
import io.gamestream.serving.view.ViewRegistry;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A payment as it was at a moment: what the view has where it has not changed since, else its entry in the journal of that time. */
final class PastPaymentResource implements Resource {

    private final ViewRegistry registry;
    private final PaymentHistory history;
    private final Instant moment;

    PastPaymentResource(ViewRegistry registry, PaymentHistory history, Instant moment) {
        this.registry = registry;
        this.history = history;
        this.moment = moment;
    }

    @Override
    public View view() {
        return View.PAYMENTS;
    }

    @Override
    public boolean isReady() {
        return false;
    }

    @Override
    public Future<Resource> ready(ItemKey key) {
        byte[] newest = registry.tableOf(View.PAYMENTS, key.hash()).find(key.bytes(), key.hash());
        if (newest == null || Entry.sourceMillis(newest) <= moment.toEpochMilli()) {
            return Future.succeededFuture(new ItemResource(View.PAYMENTS, registry));
        }
        PaymentHistory.Newest from = new PaymentHistory.Newest(
                new String(key.bytes(), StandardCharsets.UTF_8),
                registry.tableOf(View.PAYMENTS, key.hash()).partition(),
                Entry.version(newest),
                Entry.sourceMillis(newest));
        return history.at(from, moment).map(state -> new Past(state, moment));
    }

    @Override
    public @Nullable Found find(ItemKey key) {
        throw new IllegalStateException("not ready");
    }

    private record Past(Optional<PaymentView> state, Instant moment) implements Resource {

        @Override
        public View view() {
            return View.PAYMENTS;
        }

        @Override
        public @Nullable Found find(ItemKey key) {
            return state.map(then -> {
                        byte[] members = PaymentJson.render(then);
                        return new Found(
                                ETags.of(then.getSeq()),
                                asOf -> Bodies.of(moment.toEpochMilli(), members, 0, members.length));
                    })
                    .orElse(null);
        }
    }
}
