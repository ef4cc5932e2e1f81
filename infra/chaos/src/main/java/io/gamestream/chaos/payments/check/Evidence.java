package io.gamestream.chaos.payments.check;

import io.gamestream.schemas.internal.payments.PaymentSaga;
import io.gamestream.schemas.payments.JournalEntry;
import io.gamestream.schemas.payments.LedgerPosting;
import io.gamestream.schemas.payments.Notification;
import io.gamestream.schemas.payments.OrderEntitlements;
import io.gamestream.schemas.payments.ParkedOrder;
import io.gamestream.schemas.payments.PaymentEvent;
import io.gamestream.schemas.payments.PspCommand;
import io.gamestream.schemas.payments.PspResult;
import io.gamestream.schemas.payments.WebhookEvent;
import io.gamestream.schemas.views.AccountView;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Everything that a run has left behind, read as a {@code read_committed} reader reads it. Mutable while it is collected. */
public final class Evidence {

    /** What the PSP did. */
    public final PspTruth psp = new PspTruth();

    /** By order, oldest first; likewise below. */
    public final Map<String, List<JournalEntry>> journal = new TreeMap<>();

    public final Map<String, List<OrderEntitlements>> entitlements = new TreeMap<>();
    public final Map<String, List<ParkedOrder>> letters = new TreeMap<>();
    public final List<PspCommand> commands = new ArrayList<>();
    public final List<PspResult> results = new ArrayList<>();
    public final List<WebhookEvent> webhooks = new ArrayList<>();
    public final List<LedgerPosting> postings = new ArrayList<>();
    public final Map<String, AccountView> accounts = new HashMap<>();
    public final List<PaymentEvent> events = new ArrayList<>();
    public final List<Notification> notifications = new ArrayList<>();

    /** The saga's store, by order. */
    public final Map<String, PaymentSaga> store = new TreeMap<>();

    /** Ids of the orders in Postgres. */
    public final Set<String> placed = new HashSet<>();

    public final List<Exchange> exchanges = new ArrayList<>();

    /** Where a secret or a card number was found. */
    public final List<String> secrets = new ArrayList<>();

    public final List<Recovery> recoveries = new ArrayList<>();
    public Seen seen = Seen.NOTHING;
    public Settlement settlement = Settlement.QUIET;

    /** The newest entry of an order's journal. */
    static JournalEntry last(List<JournalEntry> entries) {
        return entries.get(entries.size() - 1);
    }
}
