package io.gamestream.serving.view;

import io.gamestream.schemas.PaymentTopics;
import io.gamestream.schemas.TopicCatalogue;
import io.gamestream.schemas.TopicSpec;
import java.util.Locale;

/** The views that this service keeps, each from one compacted topic. */
public enum View {
    USERS(TopicCatalogue.USER_VIEW, true),
    GAMES(TopicCatalogue.GAME_VIEW, true),
    ORDERS(TopicCatalogue.ORDER_VIEW, true),
    LIBRARY(TopicCatalogue.LIBRARY_VIEW, false),
    SALES(TopicCatalogue.SALES_VIEW, false),
    /** Timestamps are those of the saga's clock, and the PSP's news come in no order of commits. */
    PAYMENTS(PaymentTopics.PAYMENT_VIEW, false),
    ACCOUNTS(PaymentTopics.ACCOUNT_VIEW, false);

    private final String topic;
    private final boolean inCommitOrder;

    View(TopicSpec topic, boolean inCommitOrder) {
        this.topic = topic.name();
        this.inCommitOrder = inCommitOrder;
    }

    /** The word for it in metrics, log lines and paths. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    public String topic() {
        return topic;
    }

    /**
     * Whether each partition holds the changes of its keys in commit order, offset by offset, so that a record alone tells up
     * to when the partition is complete. Sums come out of repartitioned input and don't.
     */
    public boolean inCommitOrder() {
        return inCommitOrder;
    }
}
