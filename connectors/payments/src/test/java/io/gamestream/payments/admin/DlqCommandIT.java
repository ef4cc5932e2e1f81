package io.gamestream.payments.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamestream.local.dlq.DlqCommand;
import io.gamestream.local.testing.Stack;
import io.gamestream.local.testing.StackExtension;
import io.gamestream.runtime.http.HttpSettings;
import io.gamestream.runtime.kafka.AvroSerdes;
import io.gamestream.runtime.kafka.KafkaClients;
import io.gamestream.runtime.metrics.Metrics;
import io.gamestream.schemas.PaymentTopics;
import io.gamestream.schemas.payments.ParkCause;
import io.gamestream.schemas.payments.ParkedOrder;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import picocli.CommandLine;

/** {@code ./backbone dlq} for an order that is parked, from the operator's line to the door of the gateway. */
@ExtendWith(StackExtension.class)
class DlqCommandIT {

    private final Stack stack;
    private final AvroSerdes serdes;
    private final String order = "ord-" + UUID.randomUUID();
    private final String letter = order + ":parked:1";

    DlqCommandIT(Stack stack) {
        this.stack = stack;
        this.serdes = new AvroSerdes(stack.registry());
    }

    private record Ran(int status, String out) {}

    @Test
    void aParkedOrderIsListedShownAndReplayedOnce() throws Exception {
        write(ParkedOrders.open(order, 1, ParkCause.EXHAUSTED));
        try (Metrics metrics = new Metrics("test");
                AdminDoor door = new AdminDoor(
                        stack.kafka(),
                        serdes,
                        new AdminSettings(new HttpSettings("127.0.0.1", 0), Duration.ofSeconds(5), 100),
                        metrics,
                        InstantSource.system())) {
            Awaitility.await("the door has read it")
                    .ignoreExceptions()
                    .until(() -> dlq(door, "show", letter).status() == 0);
            Ran listed = dlq(door, "ls");
            assertThat(listed.status()).isZero();
            assertThat(listed.out().lines())
                    .contains(letter + "  " + ParkedOrders.AT.plusSeconds(1) + "  EXHAUSTED: no outcome");
            assertThat(dlq(door, "show", letter).out())
                    .contains("EXHAUSTED", "attempt 1: STARTED", "look at the PSP, then replay");

            assertThat(dlq(door, "replay", letter)).isEqualTo(new Ran(0, line(letter + ": replayed")));
            // As the saga does when the order is on its way again.
            write(ParkedOrders.resolved(order, 1));
            Awaitility.await("the door has read it")
                    .until(() -> dlq(door, "show", letter).out().contains("RESOLVED"));
            assertThat(dlq(door, "replay", letter))
                    .isEqualTo(new Ran(1, line(letter + ": resolved already; nothing was done")));
            assertThat(dlq(door, "ls").out()).doesNotContain(letter);
            assertThat(dlq(door, "ls", "--all").out()).contains(letter).contains("RESOLVED  ");
            assertThat(dlq(door, "show", order + ":parked:2").status()).isEqualTo(1);
        }
    }

    private Ran dlq(AdminDoor door, String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        stack.connectionSettings().forEach((name, value) -> all.addAll(List.of("--set", name + "=" + value)));
        all.addAll(List.of("--set", "dlq.payments-url=http://127.0.0.1:" + door.port()));
        StringWriter out = new StringWriter();
        int status = new CommandLine(new DlqCommand())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(out))
                .execute(all.toArray(String[]::new));
        return new Ran(status, out.toString());
    }

    private static String line(String text) {
        return text + System.lineSeparator();
    }

    private void write(ParkedOrder record) throws Exception {
        try (KafkaProducer<String, ParkedOrder> producer = new KafkaProducer<>(
                KafkaClients.producer(stack.kafka(), "test"),
                new StringSerializer(),
                serdes.valueSerde(ParkedOrder.class).serializer())) {
            producer.send(new ProducerRecord<>(PaymentTopics.PARKED_ORDERS.name(), order, record))
                    .get();
        }
    }
}
