package io.gamestream.chaos.payments.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamestream.chaos.payments.plan.Plan;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NumbersTest {

    private static final int ORDERS = 800;

    private final Map<String, Long> numbers = new HashMap<>(Map.of(
            "orders", 800L,
            "charges", 500L,
            "refunds", 100L,
            "disputes", 50L,
            "calls to the PSP", 2_000L,
            "outcomes that were unknown", 100L,
            "webhooks let in", 3_000L,
            "webhooks lost", 300L,
            "orders whose webhooks were all lost", 30L,
            "forgeries refused", 100L));

    NumbersTest() {
        numbers.put("ended COMPLETED", 100L);
    }

    @Test
    void enoughHappened() {
        assertThat(complaints(ORDERS)).isEmpty();
    }

    /** Such as where nearly all are parked. */
    @Test
    void tooFewOrdersWereCompleted() {
        numbers.put("ended COMPLETED", 99L);
        assertThat(complaints(ORDERS))
                .containsExactly("only 99 of 800 orders were completed (expected: one in 8 at least; more --minutes)");
        numbers.remove("ended COMPLETED");
        assertThat(complaints(ORDERS)).singleElement().asString().startsWith("only 0 of 800");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "charges",
                "refunds",
                "disputes",
                "calls to the PSP",
                "outcomes that were unknown",
                "webhooks let in",
                "webhooks lost",
                "orders whose webhooks were all lost",
                "forgeries refused"
            })
    void somethingNeverHappened(String what) {
        numbers.put(what, 0L);
        assertThat(complaints(ORDERS)).hasSize(1);
    }

    /** Chance may have it that there is none of some. */
    @Test
    void ofFewOrdersLessIsExpected() {
        numbers.keySet()
                .removeAll(List.of(
                        "disputes",
                        "outcomes that were unknown",
                        "orders whose webhooks were all lost",
                        "ended COMPLETED"));
        assertThat(complaints(100)).isEmpty();
    }

    private List<String> complaints(int orders) {
        return Numbers.complaints(numbers, orders, Plan.of(1, 3, Duration.ofMinutes(1)), Duration.ofMinutes(1));
    }
}
