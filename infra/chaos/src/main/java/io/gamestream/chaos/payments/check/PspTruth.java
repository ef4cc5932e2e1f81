package io.gamestream.chaos.payments.check;

import io.gamestream.local.psp.core.BalanceRow;
import io.gamestream.local.psp.core.Charge;
import io.gamestream.local.psp.core.Dispute;
import io.gamestream.local.psp.core.Intent;
import io.gamestream.local.psp.core.PspEvent;
import io.gamestream.local.psp.core.PspObject;
import io.gamestream.local.psp.core.Refund;
import io.gamestream.local.psp.log.Entry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What the PSP has really done, by its own log and nothing of ours. Fed with the log's entries, oldest first. */
public final class PspTruth {

    private static final String ORDER_ID = "order_id";

    private final Map<String, PspObject> newest = new HashMap<>();
    private final Map<String, Intent> intents = new TreeMap<>();
    private final Map<String, Charge> charges = new TreeMap<>();
    private final Map<String, Refund> refunds = new TreeMap<>();
    private final Map<String, Dispute> disputes = new TreeMap<>();
    private final Map<String, BalanceRow> rows = new TreeMap<>();
    private final Map<String, Request> requests = new LinkedHashMap<>();
    private final Map<String, Told> events = new HashMap<>();
    private final Map<String, Long> capturedAt = new HashMap<>();
    private final List<Entry.Delivery> deliveries = new ArrayList<>();

    /** An event, and the object as it was then. */
    public record Told(PspEvent event, PspObject object) {}

    /** What came under one idempotency key. */
    public static final class Request {

        private final Set<String> fingerprints = new HashSet<>();
        private int effects;
        private long firstEffectAt;

        /** Different bodies. */
        public int bodies() {
            return fingerprints.size();
        }

        /** How often it was carried out. */
        public int effects() {
            return effects;
        }

        /** In ms since 1970; meaningless where there was none. */
        public long firstEffectAt() {
            return firstEffectAt;
        }
    }

    /** The next line of the log. */
    public void add(Entry entry) {
        if (entry instanceof Entry.Change change) {
            boolean effect = false;
            Map<String, PspObject> now = new HashMap<>();
            for (PspObject object : change.objects()) {
                now.put(object.id(), object);
                // An answer also shows what it leaves alone.
                effect |= !object.equals(newest.put(object.id(), object));
                put(object, change.at());
            }
            change.events().forEach(event -> {
                PspObject object = now.get(event.object());
                if (object != null) {
                    events.put(event.id(), new Told(event, object));
                }
            });
            request(change.cause(), effect, change.at());
        } else if (entry instanceof Entry.Refused refused) {
            request(refused.cause(), false, refused.at());
        } else if (entry instanceof Entry.Delivery delivery) {
            deliveries.add(delivery);
        }
    }

    private void request(Entry.Cause cause, boolean effect, long at) {
        if (cause.key() == null) {
            return;
        }
        Request request = requests.computeIfAbsent(cause.key(), key -> new Request());
        if (cause.fingerprint() != null) {
            request.fingerprints.add(cause.fingerprint());
        }
        if (effect) {
            if (request.effects == 0) {
                request.firstEffectAt = at;
            }
            request.effects++;
        }
    }

    private void put(PspObject object, long at) {
        if (object instanceof Intent intent) {
            intents.put(intent.id(), intent);
        } else if (object instanceof Charge charge) {
            charges.put(charge.id(), charge);
            if (charge.taken()) {
                capturedAt.putIfAbsent(String.valueOf(order(charge)), at);
            }
        } else if (object instanceof Refund refund) {
            refunds.put(refund.id(), refund);
        } else if (object instanceof Dispute dispute) {
            disputes.put(dispute.id(), dispute);
        } else if (object instanceof BalanceRow row) {
            rows.put(row.id(), row);
        }
    }

    /** Orders of which it had something to tell, and of which no webhook ever arrived. */
    public Set<String> untold() {
        Set<String> lost = new HashSet<>();
        Set<String> arrived = new HashSet<>();
        deliveries.forEach(delivery -> {
            if (delivery.outcome().equals("lost")) {
                lost.add(delivery.event());
            } else if (delivery.status() >= 200 && delivery.status() < 300) {
                arrived.add(delivery.event());
            }
        });
        Set<String> untold = new TreeSet<>();
        Set<String> told = new HashSet<>();
        events.forEach((id, event) -> {
            String order = String.valueOf(orderOf(event.object()));
            (lost.contains(id) && !arrived.contains(id) ? untold : told).add(order);
        });
        untold.removeAll(told);
        return untold;
    }

    private @Nullable String orderOf(PspObject object) {
        if (object instanceof Intent intent) {
            return order(intent);
        }
        String id = object instanceof Refund refund
                ? refund.charge()
                : object instanceof Dispute dispute ? dispute.charge() : object.id();
        Charge charge = charges.get(id);
        return charge == null ? null : order(charge);
    }

    /** The order that a charge says it is for; null where it says none. */
    public static @Nullable String order(Charge charge) {
        return charge.metadata().get(ORDER_ID);
    }

    public static @Nullable String order(Intent intent) {
        return intent.metadata().get(ORDER_ID);
    }

    /** By id; likewise below. */
    public Map<String, Intent> intents() {
        return intents;
    }

    public Map<String, Charge> charges() {
        return charges;
    }

    public Map<String, Refund> refunds() {
        return refunds;
    }

    public Map<String, Dispute> disputes() {
        return disputes;
    }

    public Map<String, BalanceRow> rows() {
        return rows;
    }

    /** By idempotency key. */
    public Map<String, Request> requests() {
        return requests;
    }

    /** By id. */
    public Map<String, Told> events() {
        return events;
    }

    public List<Entry.Delivery> deliveries() {
        return deliveries;
    }

    /** When an order's money was first taken, ms since 1970; absent where it never was. */
    public Map<String, Long> capturedAt() {
        return capturedAt;
    }
}
