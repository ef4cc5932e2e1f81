package io.gamestream.chaos.payments.run;

import io.gamestream.chaos.kit.TopicReader;
import io.gamestream.chaos.payments.check.Evidence;
import io.gamestream.chaos.payments.check.Seen;
import io.gamestream.schemas.PaymentTopics;
import io.gamestream.schemas.TopicSpec;
import io.gamestream.schemas.internal.payments.WaitingWebhooks;
import io.gamestream.schemas.payments.BreakKind;
import io.gamestream.schemas.payments.BreakStatus;
import io.gamestream.schemas.payments.JournalEntry;
import io.gamestream.schemas.payments.LedgerPosting;
import io.gamestream.schemas.payments.Notification;
import io.gamestream.schemas.payments.OrderEntitlements;
import io.gamestream.schemas.payments.ParkedOrder;
import io.gamestream.schemas.payments.PaymentEvent;
import io.gamestream.schemas.payments.PspCommand;
import io.gamestream.schemas.payments.PspResult;
import io.gamestream.schemas.payments.ReconciliationBreak;
import io.gamestream.schemas.payments.ReconciliationReport;
import io.gamestream.schemas.payments.WebhookEvent;
import io.gamestream.schemas.views.AccountView;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads everything that a run has left behind. */
final class Collector {

    private static final String ROUTES = "payments-webhook-routes-changelog";

    private final Stage stage;
    private final TopicReader reader;

    Collector(Stage stage) {
        this.stage = stage;
        this.reader = stage.reader();
    }

    /** @param seenLive what the tail saw while the run lasted */
    Evidence collect(Map<String, Long> seenLive) {
        Evidence evidence = new Evidence();
        stage.sim().truth(evidence.psp::add);
        read(PaymentTopics.JOURNAL, JournalEntry.class, group(evidence.journal));
        read(PaymentTopics.ENTITLEMENTS, OrderEntitlements.class, group(evidence.entitlements));
        read(PaymentTopics.PARKED_ORDERS, ParkedOrder.class, group(evidence.letters));
        read(PaymentTopics.PSP_COMMANDS, PspCommand.class, list(evidence.commands));
        read(PaymentTopics.PSP_RESULTS, PspResult.class, list(evidence.results));
        read(PaymentTopics.WEBHOOKS, WebhookEvent.class, list(evidence.webhooks));
        read(PaymentTopics.UNROUTED_WEBHOOKS, WebhookEvent.class, list(evidence.webhooks));
        read(PaymentTopics.LEDGER_POSTINGS, LedgerPosting.class, list(evidence.postings));
        read(PaymentTopics.ACCOUNT_VIEW, AccountView.class, evidence.accounts::put);
        read(PaymentTopics.EVENTS, PaymentEvent.class, list(evidence.events));
        read(PaymentTopics.NOTIFICATIONS, Notification.class, list(evidence.notifications));
        reader.readAll(
                Tail.STORE,
                new ByteArrayDeserializer(),
                record -> evidence.store.put(record.key(), Tail.saga(record.value())));
        evidence.seen = new Seen(seenLive, last());
        return evidence;
    }

    /** Payment intents whose webhooks wait for an order. */
    List<String> orphans() {
        Map<String, Boolean> waiting = new TreeMap<>();
        reader.readAll(ROUTES, new ByteArrayDeserializer(), record -> {
            try {
                waiting.put(
                        record.key(),
                        !WaitingWebhooks.getDecoder()
                                .decode(record.value())
                                .getWebhooks()
                                .isEmpty());
            } catch (IOException e) {
                throw new UncheckedIOException("a record of " + ROUTES, e);
            }
        });
        return waiting.entrySet().stream()
                .filter(Map.Entry::getValue)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Whether the books were compared, and all of them could be read. */
    boolean isCompared() {
        List<ReconciliationReport> reports = new ArrayList<>();
        read(PaymentTopics.RECONCILIATION_REPORTS, ReconciliationReport.class, list(reports));
        return reports.stream().anyMatch(ReconciliationReport::getComplete);
    }

    /** Differences that the last reconciliation has left open. */
    List<String> openBreaks() {
        Map<String, ReconciliationBreak> open = new TreeMap<>();
        read(PaymentTopics.RECONCILIATION_BREAKS, ReconciliationBreak.class, (key, found) -> {
            if (found.getStatus() == BreakStatus.OPEN && found.getKind() != BreakKind.TIMING) {
                open.put(found.getBreakId(), found);
            } else {
                open.remove(found.getBreakId());
            }
        });
        return open.values().stream()
                .map(found -> found.getBreakId() + " of order " + found.getOrderId() + ": ours " + found.getExpected()
                        + ", the PSP's " + found.getActual())
                .toList();
    }

    private Map<String, Long> last() {
        Map<String, Long> last = new HashMap<>();
        Tail.COMPARED.forEach(topic -> reader.readAll(topic, new ByteArrayDeserializer(), record -> {
            if (record.value() != null) {
                last.put(Tail.place(record), Tail.digest(record.value()));
            }
        }));
        return last;
    }

    private <T extends SpecificRecord> void read(TopicSpec topic, Class<T> type, BiConsumer<String, T> each) {
        reader.readAll(
                topic.name(),
                stage.serdes().valueSerde(type).deserializer(),
                record -> each.accept(record.key(), record.value()));
    }

    private static <T> BiConsumer<String, T> group(Map<String, List<T>> into) {
        Function<String, List<T>> empty = key -> new ArrayList<>(4);
        return (key, value) -> into.computeIfAbsent(key, empty).add(value);
    }

    private static <T> BiConsumer<String, T> list(List<T> into) {
        return (key, value) -> into.add(value);
    }
}
