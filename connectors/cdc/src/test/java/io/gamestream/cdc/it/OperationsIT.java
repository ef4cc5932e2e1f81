package io.gamestream.cdc.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gamestream.cdc.CdcService;
import io.gamestream.local.testing.Stack;
import io.gamestream.local.testing.StackExtension;
import io.gamestream.runtime.kafka.KafkaClients;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What an operator sees of a capture and may ask of it. */
@ExtendWith(StackExtension.class)
class OperationsIT {

    private static final Duration SOON = Duration.ofSeconds(30);

    private final Stack stack;

    OperationsIT(Stack stack) {
        this.stack = stack;
    }

    @Test
    void readsATableAgainByCommandWhileChangesGoOn() throws Exception {
        try (CaptureFixture capture = new CaptureFixture(stack, "snapshot").rows("rows")) {
            capture.sql(
                    "INSERT INTO " + capture.table("rows") + " SELECT i::text, i, '' FROM generate_series(1, 2000) i");
            capture.set("cdc.engine.incremental-chunk-size", "300");
            try (CdcService service = capture.start();
                    TopicReader reader = new TopicReader(stack, capture.topic("rows"))) {
                capture.awaitStreaming(service);
                assertThat(capture.command(service, "snapshot", capture.table("rows")))
                        .startsWith("0: ")
                        .endsWith("complete, 2000 rows");
                await().atMost(SOON).until(() -> reader.all().size() >= 4_000);
                assertThat(reader.all()).hasSize(4_000).allSatisfy(fact -> assertThat(fact.op())
                        .isEqualTo("r"));
                assertThat(capture.command(service, "snapshot", capture.table("rows"), "--where", "version > 1990"))
                        .startsWith("0: ")
                        .endsWith("complete, 10 rows");
                await().atMost(SOON).until(() -> reader.all().size() >= 4_010);
                assertThat(capture.command(service, "snapshot", "shop.nothing"))
                        .startsWith("1: table shop.nothing isn't captured (captured: [" + capture.table("rows") + "])");
                assertThat(capture.command(service, "snapshot", capture.table("rows"), "--where", "price > 3"))
                        .startsWith("1: where: ")
                        .contains("column \"price\" does not exist");
                assertThat(capture.command(service, "snapshot", capture.table("rows"), "--where", "true; DROP TABLE x"))
                        .startsWith("1: where: a condition has no semicolon");
                capture.sql("INSERT INTO " + capture.table("rows") + " VALUES ('more', 1, '')");
                await().atMost(SOON).until(() -> reader.table().containsKey("more"));
                assertThat(reader.all()).hasSize(4_011);
                assertThat(service.failure().toCompletableFuture()).isNotDone();
            }
            capture.set("cdc.http.port", "1");
            assertThat(capture.command("snapshot", capture.table("rows")))
                    .startsWith("1: cdc: no capture listens on 127.0.0.1:1 (cdc.http). Start it: ./backbone run cdc");
            assertThat(capture.command("reset", "--yes", "--table", "shop.nothing"))
                    .startsWith("1: cdc: table shop.nothing isn't captured");
        }
    }

    @Test
    void showsHowFarItIs() throws Exception {
        try (CaptureFixture capture = new CaptureFixture(stack, "metrics").rows("rows")) {
            capture.sql(
                    "INSERT INTO " + capture.table("rows") + " SELECT i::text, i, '' FROM generate_series(1, 20) i");
            try (CdcService service = capture.start();
                    TopicReader reader = new TopicReader(stack, capture.topic("rows"))) {
                capture.awaitStreaming(service);
                capture.sql("UPDATE " + capture.table("rows") + " SET version = 0 WHERE version < 6");
                await().atMost(SOON).until(() -> reader.all().size() == 25);
                String labels = "{slot=\"" + capture.id + "\"}";
                System.gc(); // what only a gauge refers to is gone then
                String page = CaptureFixture.metrics(service);
                assertThat(page)
                        .contains("cdc_snapshot_rows_total" + labels + " 20")
                        .contains("cdc_rows_total" + labels + " 5")
                        .contains("cdc_restarts_total" + labels + " 0")
                        .contains("cdc_dead_letters_total" + labels + " 0")
                        .contains("cdc_state{slot=\"" + capture.id + "\",state=\"streaming\"} 1");
                for (String name : List.of("batches_total", "source_transactions_total", "kafka_transactions_total")) {
                    assertThat(number(page, "cdc_" + name + labels)).as(name).isPositive();
                }
                assertThat(number(page, "cdc_lag_ms" + labels)).isBetween(0.0, 10_000.0);
                await().atMost(SOON).untilAsserted(() -> assertThat(CaptureFixture.metrics(service))
                        .contains("cdc_slot_wal_status{slot=\"" + capture.id + "\",status=\"reserved\"} 1")
                        .contains("cdc_slot_wal_status{slot=\"" + capture.id + "\",status=\"lost\"} 0"));
                assertThat(number(CaptureFixture.metrics(service), "cdc_lag_bytes" + labels))
                        .isNotNegative();
                assertThat(number(CaptureFixture.metrics(service), "cdc_retained_bytes" + labels))
                        .isNotNegative();
            }
        }
    }

    @Test
    void saysEachSecondThatAnIdleDatabaseIsCoveredWithoutWritingToIt() throws Exception {
        try (CaptureFixture capture = new CaptureFixture(stack, "verified").rows("rows")) {
            try (CdcService service = capture.start();
                    TopicReader positions = new TopicReader(stack, "cdc.positions.v1")) {
                capture.awaitStreaming(service);
                await().atMost(SOON).until(() -> !verified(positions, capture).isEmpty());
                // The server writes too (a checkpoint, autovacuum after other tests' tables), but not all the time: a
                // capture
                // that wrote for its positions would show in every window.
                long cheapest = Long.MAX_VALUE;
                for (int window = 0; window < 5 && cheapest >= 16_384; window++) {
                    cheapest = Math.min(cheapest, logWhileVerifying(capture, positions, 4));
                }
                assertThat(cheapest)
                        .as("bytes of log that four such positions cost, in the cheapest of five windows")
                        .isLessThan(16_384);
                List<Instant> moments = verified(positions, capture);
                assertThat(moments).isSorted();
                for (int i = 1; i < moments.size(); i++) {
                    assertThat(Duration.between(moments.get(i - 1), moments.get(i)))
                            .isBetween(Duration.ofMillis(900), Duration.ofSeconds(20));
                }
                Instant now = Instant.ofEpochMilli(
                        capture.number("SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint"));
                await().atMost(SOON)
                        .until(() -> verified(positions, capture).stream().anyMatch(now::isBefore));
                assertThat(service.failure().toCompletableFuture()).isNotDone();
            }
        }
    }

    /** The bytes of log that the whole server wrote while so many more verified positions came. */
    private static long logWhileVerifying(CaptureFixture capture, TopicReader positions, int count)
            throws SQLException {
        long log = capture.number("SELECT pg_current_wal_insert_lsn() - '0/0'::pg_lsn");
        int before = verified(positions, capture).size();
        await().atMost(SOON).until(() -> verified(positions, capture).size() >= before + count);
        return capture.number("SELECT pg_current_wal_insert_lsn() - '0/0'::pg_lsn") - log;
    }

    @Test
    void aPositionIsNotMissedBehindAnOpenTransactionOfAnotherSlot() throws Exception {
        Map<String, Object> other = KafkaClients.producer(stack.kafka(), "other-slot");
        other.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, "cdc-it-other-slot");
        try (CaptureFixture capture = new CaptureFixture(stack, "behind").rows("rows");
                KafkaProducer<byte[], byte[]> open =
                        new KafkaProducer<>(other, new ByteArraySerializer(), new ByteArraySerializer())) {
            try (CdcService service = capture.start()) {
                capture.awaitStreaming(service);
                open.initTransactions();
                open.beginTransaction();
                open.send(new ProducerRecord<>("cdc.positions.v1", 0, "it-other-slot".getBytes(UTF_8), null))
                        .get();
                capture.sql("INSERT INTO " + capture.table("rows") + " VALUES ('a', 1, '')");
                await().atMost(SOON).until(() -> CaptureFixture.metrics(service)
                        .contains("cdc_rows_total{slot=\"" + capture.id + "\"} 1"));
            }
            // It can only be ready by a position that it has read, and has to wait for that.
            try (CdcService again = capture.start();
                    TopicReader reader = new TopicReader(stack, capture.topic("rows"))) {
                await().during(Duration.ofSeconds(3)).atMost(SOON).until(() -> !CaptureFixture.metrics(again)
                        .contains("cdc_state{slot=\"" + capture.id + "\",state=\"streaming\"} 1"));
                open.abortTransaction();
                capture.awaitStreaming(again);
                capture.sql("INSERT INTO " + capture.table("rows") + " VALUES ('b', 1, '')");
                await().atMost(SOON).until(() -> reader.table().containsKey("b"));
                assertThat(reader.all()).extracting(TopicReader.Fact::key).containsExactlyInAnyOrder("a", "b");
            }
        }
    }

    /** A producer of our own id that is gone, as a stalled broker leaves one behind. */
    @Test
    void whatOneOfOursHasLeftOpenIsEndedAndNotWaitedFor() throws Exception {
        try (CaptureFixture capture = new CaptureFixture(stack, "leftopen").rows("rows");
                CdcService service = capture.start();
                TopicReader reader = new TopicReader(stack, capture.topic("rows"))) {
            capture.awaitStreaming(service);
            Map<String, Object> ours = KafkaClients.producer(stack.kafka(), "left-open");
            ours.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, "cdc-" + capture.id);
            try (KafkaProducer<byte[], byte[]> left =
                    new KafkaProducer<>(ours, new ByteArraySerializer(), new ByteArraySerializer())) {
                left.initTransactions();
                left.beginTransaction();
                left.send(new ProducerRecord<>("cdc.positions.v1", 0, "it-nobody".getBytes(UTF_8), null))
                        .get();
                capture.sql("INSERT INTO " + capture.table("rows") + " VALUES ('a', 1, '')");
                await().atMost(Duration.ofSeconds(20))
                        .until(() -> reader.table().containsKey("a"));
            }
            assertThat(reader.all()).hasSize(1);
            assertThat(service.failure().toCompletableFuture()).isNotDone();
        }
    }

    private static List<Instant> verified(TopicReader positions, CaptureFixture capture) {
        return positions.all().stream()
                .filter(fact -> fact.key().equals(capture.id))
                .map(TopicReader.Fact::value)
                .filter(position -> position != null && position.get("verifiedAt") != null)
                .map(OperationsIT::verifiedAt)
                .distinct()
                .toList();
    }

    private static Instant verifiedAt(GenericRecord position) {
        long micros = (Long) position.get("verifiedAt");
        return Instant.ofEpochSecond(micros / 1_000_000, micros % 1_000_000 * 1_000);
    }

    private static double number(String page, String series) {
        return page.lines()
                .filter(line -> line.startsWith(series + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(series.length() + 1)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + series + " in\n" + page));
    }
}
