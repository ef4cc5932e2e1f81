package io.gamestream.topology.payment;

import io.gamestream.schemas.internal.payments.PaymentSaga;
import io.gamestream.schemas.payments.JournalEntry;
import io.gamestream.schemas.payments.LedgerPosting;
import io.gamestream.schemas.payments.Notification;
import io.gamestream.schemas.payments.OrderEntitlements;
import io.gamestream.schemas.payments.ParkedOrder;
import io.gamestream.schemas.payments.PaymentEvent;
import io.gamestream.schemas.payments.PspCommand;
import io.gamestream.schemas.payments.PspReference;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What follows from one input.
 *
 * @param saga the state to keep; null where nothing has changed
 * @param entry of the journal, with the state that readers may see; null where nothing of that has changed
 * @param references payment intents that have turned up with the order
 */
public record Decision(
        @Nullable PaymentSaga saga,
        @Nullable JournalEntry entry,
        List<PspCommand> commands,
        List<LedgerPosting> postings,
        @Nullable OrderEntitlements entitlements,
        List<PaymentEvent> events,
        List<Notification> notifications,
        List<ParkedOrder> deadLetters,
        List<PspReference> references) {

    static final Decision NOTHING =
            new Decision(null, null, List.of(), List.of(), null, List.of(), List.of(), List.of(), List.of());
}
