package io.gamestream.topology.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gamestream.local.stack.FreeGames;
import io.gamestream.local.testing.Stack;
import io.gamestream.local.testing.StackExtension;
import io.gamestream.runtime.kafka.AvroSerdes;
import io.gamestream.runtime.kafka.KafkaClients;
import io.gamestream.runtime.settings.Settings;
import io.gamestream.schemas.SessionTopics;
import io.gamestream.schemas.catalog.GpuClass;
import io.gamestream.schemas.sessions.CellRecord;
import io.gamestream.schemas.sessions.SlotEvent;
import io.gamestream.schemas.sessions.SlotState;
import io.gamestream.schemas.sessions.TicketCommand;
import io.gamestream.schemas.sessions.TicketCommandKind;
import io.gamestream.topology.streams.StreamsService;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code replay sessions} on a real log, whole and with its beginning gone. */
@ExtendWith(StackExtension.class)
class ReplayIT {

    private static final CellSettings CELL = new CellSettings("us-west-1", "us-west", 3);

    @TempDir
    private Path directory;

    private final Stack stack;
    private final SessionLog log;
    private final StringWriter printed = new StringWriter();

    ReplayIT(Stack stack) {
        this.stack = stack;
        this.log = new SessionLog(stack.kafka(), new AvroSerdes(stack.registry()));
    }

    @Test
    void decidesTheSameWithAndWithoutTheBeginningOfTheInbox() throws Exception {
        long between;
        StreamsService sessions = SessionService.start(Settings.load(null, Map.of(), overrides()));
        try (KafkaProducer<String, SpecificRecord> producer = new KafkaProducer<>(
                KafkaClients.producer(stack.kafka(), "replay-it"),
                new StringSerializer(),
                new AvroSerdes(stack.registry()).<SpecificRecord>valueSerde().serializer())) {
            FreeGames.publish(stack.kafka(), stack.registry(), FreeGames.of("ri-game", GpuClass.STANDARD));
            aHostIsThere(producer);
            grant(producer, "ann");
            List<Long> seen = awaitCheckpoints(awaitCheckpoints(1).size() + 2);
            between = seen.get(seen.size() - 1);
            poison();
            grant(producer, "bob");
            awaitCheckpoints(seen.size() + 1);
        } finally {
            sessions.close();
        }
        assertThat(replay()).isZero();
        assertThat(printed.toString())
                .contains("cell us-west-1: from its first record, ")
                .containsPattern("the same to the bit: all 6 committed slot events, [1-9][0-9]* checkpoints")
                .contains("as it was     grants 2, ")
                .contains("1 records can't be read and were passed over");

        assertThat(replay("--from", "2100-01-01T00:00:00Z")).isEqualTo(1);
        assertThat(printed.toString()).contains("NOTHING COMPARED");

        forgetBefore(between);
        assertThat(replay("--policy", otherPolicy())).isZero();
        assertThat(printed.toString())
                .contains("from the checkpoint of 20")
                .contains("the same to the bit: all 1 committed slot events")
                .contains("as it was     grants 1, ")
                .contains("other policy  grants 1, ");

        assertThat(replay("--from", "2026-01-01T00:00:00Z")).isEqualTo(1);
        assertThat(printed.toString()).contains("records of the inbox are gone (retention)");
    }

    private void poison() throws Exception {
        try (KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
                KafkaClients.producer(stack.kafka(), "replay-poison"),
                new StringSerializer(),
                new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(
                            SessionTopics.CELL_INBOX.name(),
                            CELL.partition(),
                            CELL.id(),
                            "no Avro".getBytes(StandardCharsets.UTF_8)))
                    .get();
        }
    }

    private int replay(String... more) {
        printed.getBuffer().setLength(0);
        List<String> arguments = new ArrayList<>(List.of("sessions", "--cell", CELL.id()));
        overrides().forEach((path, value) -> arguments.addAll(List.of("--set", path + "=" + value)));
        arguments.addAll(List.of(more));
        CommandLine line = ReplayCommand.commandLine();
        line.setOut(new PrintWriter(printed, true));
        line.setErr(new PrintWriter(printed, true));
        return line.execute(arguments.toArray(String[]::new));
    }

    private String otherPolicy() throws Exception {
        Path file = directory.resolve("other.conf");
        Files.writeString(file, "backbone.sessions.policy.packing = SPREAD");
        return file.toString();
    }

    private void forgetBefore(long offset) throws Exception {
        try (Admin admin = Admin.create(KafkaClients.admin(stack.kafka(), "replay-it"))) {
            TopicPartition inbox = new TopicPartition(SessionTopics.CELL_INBOX.name(), CELL.partition());
            admin.deleteRecords(Map.of(inbox, RecordsToDelete.beforeOffset(offset)))
                    .all()
                    .get();
        }
    }

    /** Offsets of the inbox after which there is a checkpoint. */
    private List<Long> awaitCheckpoints(int atLeast) {
        return await().atMost(Duration.ofSeconds(60))
                .until(
                        () -> {
                            List<Long> offsets = new ArrayList<>();
                            log.checkpoints(CELL, 0, part -> offsets.add(part.getOffset()));
                            return offsets;
                        },
                        offsets -> offsets.size() >= atLeast);
    }

    private void aHostIsThere(KafkaProducer<String, SpecificRecord> producer) {
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(300))
                .untilAsserted(() -> {
                    // What a host says before the cell has a policy it says again.
                    CellRecord report = Cells.report(now(), "ri-host", "boot-1", 1, Cells.idle(4));
                    report.setCellId(CELL.id());
                    send(producer, SessionTopics.CELL_INBOX.name(), CELL.partition(), CELL.id(), report);
                    assertThat(slots(SlotState.FREE)).isEqualTo(4);
                });
    }

    private void grant(KafkaProducer<String, SpecificRecord> producer, String player) throws Exception {
        long before = slots(SlotState.RESERVED);
        TicketCommand request = TicketCommand.newBuilder()
                .setKind(TicketCommandKind.REQUEST)
                .setPlayerId(player)
                .setSessionId("s-" + player)
                .setAt(now())
                .setGameId("ri-game")
                .setRttMs(Map.of(CELL.region(), 12))
                .setParty(List.of())
                .build();
        producer.send(new ProducerRecord<>(SessionTopics.TICKETS.name(), player, request))
                .get();
        await().atMost(Duration.ofSeconds(30)).until(() -> slots(SlotState.RESERVED) == before + 1);
    }

    private long slots(SlotState to) {
        return log.slotEvents(CELL.id(), 0).stream()
                .map(Logged::value)
                .map(SlotEvent::getTo)
                .filter(to::equals)
                .count();
    }

    private static void send(
            KafkaProducer<String, SpecificRecord> producer,
            String topic,
            int partition,
            String key,
            SpecificRecord value)
            throws Exception {
        producer.send(new ProducerRecord<>(topic, partition, key, value)).get();
    }

    private Map<String, String> overrides() {
        Map<String, String> all = stack.connectionSettings();
        all.put("sessions.http.port", "0");
        all.put("sessions.tick", "200ms");
        all.put("sessions.checkpoint-every", "1s");
        // Longer than the test: nothing else happens to the slots.
        all.put("sessions.policy.reservation", "10m");
        all.put("streams.state-dir", directory.resolve("state").toString());
        all.put("streams.session-timeout", "6s");
        return all;
    }

    private static long now() {
        return System.currentTimeMillis();
    }
}
