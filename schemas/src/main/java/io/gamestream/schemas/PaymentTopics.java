package io.gamestream.schemas;

import io.gamestream.schemas.TopicSpec.Cleanup;
import io.gamestream.schemas.payments.AdminCommand;
import io.gamestream.schemas.payments.ArchivedWebhook;
import io.gamestream.schemas.payments.JournalEntry;
import io.gamestream.schemas.payments.LedgerPosting;
import io.gamestream.schemas.payments.Notification;
import io.gamestream.schemas.payments.OrderCommand;
import io.gamestream.schemas.payments.OrderEntitlements;
import io.gamestream.schemas.payments.ParkedOrder;
import io.gamestream.schemas.payments.PaymentEvent;
import io.gamestream.schemas.payments.PaymentView;
import io.gamestream.schemas.payments.PspCommand;
import io.gamestream.schemas.payments.PspReference;
import io.gamestream.schemas.payments.PspResult;
import io.gamestream.schemas.payments.ReconciliationBreak;
import io.gamestream.schemas.payments.ReconciliationReport;
import io.gamestream.schemas.payments.WebhookEvent;
import io.gamestream.schemas.views.AccountView;
import java.time.Duration;
import java.util.List;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The topics of payments; part of {@link TopicCatalogue}. Those that the saga reads and writes by order id have as many
 * partitions, all of them, so that an order's records are one task's.
 */
public final class PaymentTopics {

    private static final String SAGA = "payments";
    private static final String GATEWAY = "payments-gateway";
    private static final String WORKER = "payments-worker";
    private static final String RECONCILIATION = "payments-reconciliation";
    private static final String ORDER_ID = "order id";
    private static final String INTENT_ID = "payment intent id";

    /** Longer than the PSP keeps and repeats its events, 30 days. */
    private static final Duration PSP_HORIZON = Duration.ofDays(35);

    public static final TopicSpec ORDER_COMMANDS = log(
            "payments.order-commands.v1",
            ORDER_ID,
            OrderCommand.getClassSchema(),
            PSP_HORIZON,
            "cdc",
            "What players and staff ask for, from payments.outbox",
            SAGA);
    public static final TopicSpec PSP_COMMANDS = log(
            "payments.psp-commands.v1",
            ORDER_ID,
            PspCommand.getClassSchema(),
            PSP_HORIZON,
            SAGA,
            "Calls to the PSP that the saga wants made",
            WORKER);
    public static final TopicSpec PSP_RESULTS = log(
            "payments.psp-results.v1",
            ORDER_ID,
            PspResult.getClassSchema(),
            PSP_HORIZON,
            WORKER,
            "How the calls to the PSP ended",
            SAGA);
    public static final TopicSpec WEBHOOKS = log(
            "payments.webhooks.v1",
            ORDER_ID,
            WebhookEvent.getClassSchema(),
            PSP_HORIZON,
            GATEWAY,
            "Verified webhooks that name their order",
            SAGA);
    public static final TopicSpec UNROUTED_WEBHOOKS = log(
            "payments.unrouted-webhooks.v1",
            INTENT_ID,
            WebhookEvent.getClassSchema(),
            PSP_HORIZON,
            GATEWAY,
            "Verified webhooks that name only a payment intent",
            SAGA);
    public static final TopicSpec ROUTED_WEBHOOKS = log(
            "payments.routed-webhooks.v1",
            ORDER_ID,
            WebhookEvent.getClassSchema(),
            PSP_HORIZON,
            SAGA,
            "The same, once their order is known",
            SAGA);
    public static final TopicSpec WEBHOOK_ARCHIVE = log(
            "payments.webhook-archive.v1",
            "PSP event id",
            ArchivedWebhook.getClassSchema(),
            PSP_HORIZON,
            GATEWAY,
            "Every verified webhook as it came, of any type");
    public static final TopicSpec PSP_REFERENCES = compacted(
            "payments.psp-references.v1",
            INTENT_ID,
            PspReference.getClassSchema(),
            SAGA,
            "Which order a payment intent pays for",
            SAGA);
    public static final TopicSpec ADMIN_COMMANDS = log(
            "payments.admin-commands.v1",
            ORDER_ID,
            AdminCommand.getClassSchema(),
            PSP_HORIZON,
            GATEWAY,
            "What operators ask for: replays of dead letters, reads of the PSP",
            SAGA);
    public static final TopicSpec JOURNAL = log(
            "payments.journal.v1",
            ORDER_ID,
            JournalEntry.getClassSchema(),
            null,
            SAGA,
            "Every change of every payment, gapless and hash-chained per order",
            "serving-api",
            RECONCILIATION);
    public static final TopicSpec PAYMENT_VIEW = compacted(
            "views.payments.v1",
            ORDER_ID,
            PaymentView.getClassSchema(),
            SAGA,
            "Payments as readers see them",
            "serving-api",
            GATEWAY);
    public static final TopicSpec LEDGER_POSTINGS = log(
            "payments.ledger-postings.v1",
            ORDER_ID,
            LedgerPosting.getClassSchema(),
            null,
            SAGA,
            "The ledger, double entry, one record per posting",
            SAGA,
            RECONCILIATION);
    public static final TopicSpec ACCOUNT_VIEW = compacted(
            "views.accounts.v1",
            "ledger account",
            AccountView.getClassSchema(),
            SAGA,
            "Balances of the ledger's accounts, exact",
            "serving-api");
    public static final TopicSpec ENTITLEMENTS = compacted(
            "payments.entitlements.v1",
            ORDER_ID,
            OrderEntitlements.getClassSchema(),
            SAGA,
            "What each order gives its user",
            "catalog");
    public static final TopicSpec EVENTS = log(
            "payments.events.v1",
            ORDER_ID,
            PaymentEvent.getClassSchema(),
            null,
            SAGA,
            "What happened to orders, for other products; each type at most once per order");
    public static final TopicSpec NOTIFICATIONS = log(
            "payments.notifications.v1",
            ORDER_ID,
            Notification.getClassSchema(),
            PSP_HORIZON,
            SAGA,
            "Messages to players, each to be sent once");
    public static final TopicSpec PARKED_ORDERS = compacted(
            "payments.parked-orders.v1",
            ORDER_ID,
            ParkedOrder.getClassSchema(),
            SAGA,
            "Dead letters of orders that can't go on by themselves",
            GATEWAY);
    public static final TopicSpec RECONCILIATION_BREAKS = log(
            "payments.reconciliation-breaks.v1",
            "order id, or PSP object id",
            ReconciliationBreak.getClassSchema(),
            null,
            RECONCILIATION,
            "Differences between the PSP's books, the ledger and the journal",
            SAGA,
            RECONCILIATION);
    public static final TopicSpec RECONCILIATION_REPORTS = new TopicSpec(
            "payments.reconciliation-reports.v1",
            "run id",
            ReconciliationReport.getClassSchema(),
            1,
            Cleanup.DELETE,
            null,
            RECONCILIATION,
            "The outcome of each reconciliation run");

    static final List<TopicSpec> ALL = List.of(
            ORDER_COMMANDS,
            PSP_COMMANDS,
            PSP_RESULTS,
            WEBHOOKS,
            UNROUTED_WEBHOOKS,
            ROUTED_WEBHOOKS,
            WEBHOOK_ARCHIVE,
            PSP_REFERENCES,
            ADMIN_COMMANDS,
            JOURNAL,
            PAYMENT_VIEW,
            LEDGER_POSTINGS,
            ACCOUNT_VIEW,
            ENTITLEMENTS,
            EVENTS,
            NOTIFICATIONS,
            PARKED_ORDERS,
            RECONCILIATION_BREAKS,
            RECONCILIATION_REPORTS);

    private PaymentTopics() {}

    private static TopicSpec log(
            String name,
            String key,
            Schema schema,
            @Nullable Duration kept,
            String owner,
            String meaning,
            String... readers) {
        return new TopicSpec(
                name, key, schema, TopicCatalogue.PARTITIONS, Cleanup.DELETE, kept, owner, meaning, List.of(readers));
    }

    private static TopicSpec compacted(
            String name, String key, Schema schema, String owner, String meaning, String... readers) {
        return new TopicSpec(
                name, key, schema, TopicCatalogue.PARTITIONS, Cleanup.COMPACT, null, owner, meaning, List.of(readers));
    }
}
