package io.gamestream.chaos.payments.run;

import io.gamestream.schemas.PaymentTopics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/** What there is of each order, as one number. */
final class Digests {

    private static final List<String> ABOUT_ORDERS = List.of(
            PaymentTopics.PSP_COMMANDS.name(),
            PaymentTopics.JOURNAL.name(),
            PaymentTopics.PAYMENT_VIEW.name(),
            PaymentTopics.LEDGER_POSTINGS.name(),
            PaymentTopics.ENTITLEMENTS.name(),
            PaymentTopics.EVENTS.name(),
            PaymentTopics.NOTIFICATIONS.name(),
            PaymentTopics.PARKED_ORDERS.name());

    private Digests() {}

    /** Of everything that was ever written about it. */
    static Map<String, Long> ofEverything(Stage stage) {
        Map<String, Long> digests = new HashMap<>();
        for (String topic : ABOUT_ORDERS) {
            stage.reader()
                    .readAll(
                            topic,
                            new ByteArrayDeserializer(),
                            record -> digests.merge(
                                    record.key(), digest(record.value()), (before, now) -> before * 31 + now));
        }
        return digests;
    }

    /** Of its store. */
    static Map<String, Long> ofStore(Stage stage) {
        Map<String, Long> digests = new HashMap<>();
        stage.reader()
                .readAll(
                        Tail.STORE,
                        new ByteArrayDeserializer(),
                        record -> digests.put(record.key(), digest(record.value())));
        return digests;
    }

    private static long digest(byte @Nullable [] value) {
        return value == null ? 0 : Tail.digest(value);
    }
}
