package io.gamestream.serving.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamestream.schemas.payments.AttemptState;
import io.gamestream.schemas.payments.OrderState;
import io.gamestream.schemas.payments.PaymentAttempt;
import io.gamestream.schemas.payments.PaymentLine;
import io.gamestream.schemas.payments.PaymentView;
import io.gamestream.schemas.views.OrderView;
import io.gamestream.schemas.views.OrderViewLine;
import io.gamestream.serving.testing.ViewSamples;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;

/** What an order takes on the heap for as long as it is kept: the numbers of docs/adr/0004. */
class OrderBytesTest {

    private static final int ORDERS = 100_000;

    @Test
    void anOrderAndItsPaymentTakeSoManyBytes() {
        long orders = perKey(View.ORDERS, OrderBytesTest::order);
        long paid = perKey(View.PAYMENTS, OrderBytesTest::paid);
        long longest = perKey(View.PAYMENTS, id -> ViewSamples.payment(id, "u-1001"));
        assertThat(orders).isLessThan(400);
        assertThat(paid).isLessThan(1_400);
        assertThat(longest).isLessThan(1_900);
    }

    private interface Make {

        SpecificRecord of(String id);
    }

    private static long perKey(View view, Make make) {
        ViewBody body = ViewBody.of(view);
        EntryMap map = new EntryMap();
        for (int i = 0; i < ORDERS; i++) {
            String id = "ord_"
                    + UUID.nameUUIDFromBytes(Integer.toString(i).getBytes(StandardCharsets.UTF_8))
                            .toString()
                            .replace("-", "");
            byte[] key = id.getBytes(StandardCharsets.UTF_8);
            map.put(key, EntryMap.hash(key), 1, 1_800_000_000_000L, body.render(make.of(id)));
        }
        assertThat(map.size()).isEqualTo(ORDERS);
        return map.bytes() / ORDERS;
    }

    private static OrderView order(String id) {
        return OrderView.newBuilder(ViewSamples.order(id, "u-1001", 1))
                .setLines(List.of(new OrderViewLine("g-1001", 1, 1999L)))
                .build();
    }

    /** Nothing but paid, as most are. */
    private static PaymentView paid(String id) {
        PaymentView sample = ViewSamples.payment(id, "u-1001");
        return PaymentView.newBuilder(sample)
                .setStatus(OrderState.COMPLETED)
                .setPaymentStatus("SUCCEEDED")
                .setIntentId("pi_JGTydevD8TJcukBduhlGReQs")
                .setLines(List.of(new PaymentLine("g-1001", 1, 1999L, true, 0L, "ACTIVE")))
                .setAttempts(List.of(new PaymentAttempt(1, AttemptState.SUCCEEDED, null, null)))
                .setOperations(sample.getOperations().subList(0, 1))
                .setRefundedMinor(0)
                .setRefunds(List.of())
                .setDisputes(List.of())
                .build();
    }
}
