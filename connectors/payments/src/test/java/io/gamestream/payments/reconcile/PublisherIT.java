package io.gamestream.payments.reconcile;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gamestream.local.testing.Stack;
import io.gamestream.local.testing.StackExtension;
import io.gamestream.runtime.kafka.AvroSerdes;
import io.gamestream.schemas.payments.ReconciliationReport;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(StackExtension.class)
class PublisherIT {

    @Test
    void ofTwoRunsAtATimeTheOneThatBeganLaterWrites(Stack stack) {
        AvroSerdes serdes = new AvroSerdes(stack.registry());
        try (Publisher first = new Publisher(stack.kafka(), serdes);
                Publisher later = new Publisher(stack.kafka(), serdes)) {
            assertThatThrownBy(() -> first.write(List.of(), report("run-1")))
                    .isInstanceOf(Publisher.OvertakenException.class);
            later.write(List.of(), report("run-2"));
        }
    }

    private static ReconciliationReport report(String id) {
        Instant now = Instant.parse("2026-01-01T00:00:00Z");
        return ReconciliationReport.newBuilder()
                .setRunId(id)
                .setFrom(now)
                .setTo(now)
                .setComplete(true)
                .setBalanceTransactions(0)
                .setPostings(0)
                .setOrders(0)
                .setMatched(0)
                .setBreaks(List.of())
                .setStartedAt(now)
                .setFinishedAt(now)
                .build();
    }
}
