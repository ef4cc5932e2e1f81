package io.gamestream.payments.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamestream.schemas.payments.DeadLetterStatus;
import io.gamestream.schemas.payments.ParkCause;
import io.gamestream.schemas.payments.ParkedOrder;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LettersTest {

    private final Letters letters = new Letters(2);

    @Test
    void theNewestLetterOfAnOrderCounts() {
        letters.put(ParkedOrders.open("o1", 1, ParkCause.EXHAUSTED));
        letters.put(ParkedOrders.resolved("o1", 1));
        letters.put(ParkedOrders.open("o1", 2, ParkCause.EXHAUSTED));
        assertThat(letters.open()).isEqualTo(1);
        assertThat(letters.ofOrder("o1:parked:1"))
                .map(ParkedOrder::getDeadLetterId)
                .hasValue("o1:parked:2");
        assertThat(letters.ofOrder("o1")).isEmpty();
    }

    @Test
    void ofThoseThatAreResolvedOnlyTheNewestAreKept() {
        letters.put(ParkedOrders.open("open", 1, ParkCause.EXHAUSTED));
        for (int n = 1; n <= 100; n++) {
            letters.put(ParkedOrders.open("o" + n, n, ParkCause.EXHAUSTED));
            letters.put(ParkedOrders.resolved("o" + n, n));
        }
        // Read again, as when Kafka was away.
        letters.put(ParkedOrders.resolved("o7", 7));
        assertThat(letters.list(Optional.empty(), Optional.empty(), 1_000))
                .extracting(ParkedOrder::getOrderId)
                .containsExactly("open", "o99", "o100");
        assertThat(letters.ofOrder("o7:parked:7")).isEmpty();
        letters.put(ParkedOrders.open("o100", 101, ParkCause.EXHAUSTED));
        letters.put(ParkedOrders.resolved("o101", 102));
        assertThat(letters.list(Optional.empty(), Optional.empty(), 1_000))
                .as("parked again, so not among the resolved ones")
                .extracting(ParkedOrder::getOrderId)
                .containsExactly("open", "o99", "o100", "o101");
    }

    @Test
    void pagesAreOldestFirstAndGoOnBehindTheirCursor() {
        for (int n = 5; n > 0; n--) {
            letters.put(ParkedOrders.open("o" + n, n, ParkCause.CONFLICT));
        }
        letters.put(ParkedOrders.resolved("o3", 3));
        Optional<DeadLetterStatus> open = Optional.of(DeadLetterStatus.OPEN);
        assertThat(letters.list(open, Optional.empty(), 2))
                .extracting(ParkedOrder::getOrderId)
                .containsExactly("o1", "o2");
        Optional<String> after = Optional.of(Letters.cursor(ParkedOrders.open("o2", 2, ParkCause.CONFLICT)));
        assertThat(letters.list(open, after, 10))
                .extracting(ParkedOrder::getOrderId)
                .containsExactly("o4", "o5");
        assertThat(letters.list(Optional.empty(), after, 10)).hasSize(3);
    }
}
