package io.gamestream.topology.payment;

import io.gamestream.schemas.PaymentTopics;
import io.gamestream.topology.streams.ViewStage;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How the views of payments come from what was asked for in Postgres, for whoever waits for a position: the saga has taken an order
 * up. What the PSP says afterwards is in no position of the database.
 */
public final class PaymentLineage {

    private static final ViewStage ASKED =
            new ViewStage(PaymentTopology.Names.APPLICATION, PaymentTopics.ORDER_COMMANDS.name());

    private static final Map<String, List<ViewStage>> BY_VIEW = Map.of(
            PaymentTopics.PAYMENT_VIEW.name(),
            List.of(ASKED),
            PaymentTopics.ACCOUNT_VIEW.name(),
            List.of(
                    ASKED,
                    new ViewStage(LedgerTopology.Names.APPLICATION, PaymentTopics.LEDGER_POSTINGS.name()),
                    new ViewStage(
                            LedgerTopology.Names.APPLICATION,
                            LedgerTopology.Names.APPLICATION + "-" + LedgerTopology.Names.LEGS + "-repartition")));

    private PaymentLineage() {}

    /** The stages from the commands to the view, in this order; empty for a topic that isn't a view of payments. */
    public static Optional<List<ViewStage>> of(String viewTopic) {
        return Optional.ofNullable(BY_VIEW.get(viewTopic));
    }
}
