package io.gamestream.cdc.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gamestream.cdc.CdcService;
import io.gamestream.local.testing.Stack;
import io.gamestream.local.testing.StackExtension;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Somebody else's tables: an .avsc and configuration, no Java. */
@ExtendWith(StackExtension.class)
class CustomTableIT {

    private static final Duration SOON = Duration.ofSeconds(60);

    private final Stack stack;

    CustomTableIT(Stack stack) {
        this.stack = stack;
    }

    @Test
    void capturesEveryTypeAlikeFromSnapshotAndStream() throws Exception {
        try (CaptureFixture capture = new CaptureFixture(stack, "shop")) {
            capture.sql("CREATE TYPE " + capture.table("carrier") + " AS ENUM ('DHL', 'UPS')");
            capture.sql("CREATE TABLE " + capture.table("shipments")
                    + " (warehouse text, number int, PRIMARY KEY (warehouse, number), tracking uuid, weight numeric(10,3),"
                    + " value numeric, parts int[], notes text[], ids uuid[], label bytea, transit interval, origin inet,"
                    + " carrier " + capture.table("carrier") + ", express boolean DEFAULT true, rate real, exact double"
                    + " precision, small smallint, code char(5), packed_on date, packed_at time, local_at timestamp,"
                    + " shipped_at timestamptz DEFAULT now(), attributes jsonb, dims jsonb, ratio numeric(5,2))");
            String values =
                    " tracking, weight, value, parts, notes, ids, label, transit, origin, carrier, express, rate,"
                            + " exact, small, code, packed_on, packed_at, local_at, shipped_at, attributes, dims, ratio)";
            String row =
                    " '6f1c0f52-3f0a-4c6c-9d53-0e4b8d6a7a11', 12.345, 100000000000000000000.5, '{1,2,3}', '{a,NULL,\"b c\"}',"
                            + " '{6f1c0f52-3f0a-4c6c-9d53-0e4b8d6a7a11}', '\\x00ff10', '1 mon 2 days 03:04:05.5',"
                            + " '10.0.0.1/8', 'UPS', NULL, 1.5, 2.25, -7, 'ab', '2026-02-28', '13:14:15.123456',"
                            + " '2026-02-28 13:14:15.123456', '1969-12-31 23:59:59.999999+00',"
                            + " '{\"fragile\": \"yes\"}', '{\"height\": 10, \"unit\": \"cm\"}', -1.5)";
            String insert = "INSERT INTO " + capture.table("shipments") + " (warehouse, number," + values;
            capture.sql(insert + " VALUES ('north|1', 1," + row);
            capture.tables(
                    capture.entry("shipments", "shipment.avsc", ", fields { trackingId = tracking }, partitions = 2"));
            try (CdcService service = capture.start()) {
                capture.awaitStreaming(service);
                capture.sql(insert + " VALUES ('north|1', 2," + row);
                capture.sql("INSERT INTO " + capture.table("shipments") + " (warehouse, number, shipped_at)"
                        + " VALUES ('s\\', 3, NULL)");
                try (TopicReader reader = new TopicReader(stack, capture.topic("shipments"))) {
                    await().atMost(SOON).until(() -> reader.table().size() == 3);
                    GenericRecord snapshot =
                            Objects.requireNonNull(reader.table().get("north\\|1|1"));
                    GenericRecord streamed =
                            Objects.requireNonNull(reader.table().get("north\\|1|2"));
                    verify(snapshot);
                    verify(streamed);
                    snapshot.put("number", 2);
                    assertThat(streamed).isEqualTo(snapshot);
                    GenericRecord empty = Objects.requireNonNull(reader.table().get("s\\\\|3"));
                    assertThat(empty.get("shippedAt")).isNull();
                    assertThat(empty.get("express")).isEqualTo(true);
                    assertThat(empty.get("remark")).hasToString("none");
                }
            }
        }
    }

    private static void verify(GenericRecord row) {
        assertThat(row.get("trackingId")).hasToString("6f1c0f52-3f0a-4c6c-9d53-0e4b8d6a7a11");
        assertThat(new BigDecimal(new BigInteger(((ByteBuffer) row.get("weight")).array()), 3))
                .isEqualByComparingTo("12.345");
        assertThat(row.get("value")).hasToString("100000000000000000000.5");
        assertThat(row.get("parts")).hasToString("[1, 2, 3]");
        assertThat(row.get("notes")).hasToString("[a, null, b c]");
        assertThat(row.get("ids")).hasToString("[6f1c0f52-3f0a-4c6c-9d53-0e4b8d6a7a11]");
        assertThat(((ByteBuffer) row.get("label")).array()).containsExactly(0, 0xff, 0x10);
        assertThat(row.get("transit").toString()).startsWith("P0Y1M2DT3H4M5.5");
        assertThat(row.get("origin")).hasToString("10.0.0.1/8");
        assertThat(row.get("carrier")).hasToString("UPS");
        assertThat(row.get("express")).isNull();
        assertThat(row.get("rate")).isEqualTo(1.5f);
        assertThat(row.get("exact")).isEqualTo(2.25);
        assertThat(row.get("small")).isEqualTo(-7);
        assertThat(row.get("code")).hasToString("ab");
        assertThat(row.get("packedOn")).isEqualTo(20_512);
        assertThat(row.get("packedAt")).isEqualTo(47_655_123_456L);
        assertThat(row.get("localAt")).isEqualTo(micros("2026-02-28T13:14:15.123456Z"));
        assertThat(row.get("shippedAt")).isEqualTo(-1L);
        assertThat(row.get("attributes")).hasToString("{fragile=yes}");
        assertThat(((GenericRecord) row.get("dims")).get("height")).isEqualTo(10);
        assertThat(row.get("ratio")).isEqualTo(-1.5);
        assertThat(List.of(row.get("remark"))).hasToString("[none]");
    }

    private static long micros(String instant) {
        Instant moment = Instant.parse(instant);
        return moment.getEpochSecond() * 1_000_000 + moment.getNano() / 1_000;
    }

    @Test
    void capturesAPartitionedTableAsOneAndRefusesWhatAvroCannotHold() throws Exception {
        try (CaptureFixture capture = new CaptureFixture(stack, "calendar")) {
            capture.sql(
                    "CREATE TABLE " + capture.table("appointments")
                            + " (id text PRIMARY KEY, day date, local_at timestamp,"
                            + " at timestamptz, amount numeric) PARTITION BY HASH (id)",
                    "CREATE TABLE " + capture.table("part_0") + " PARTITION OF " + capture.table("appointments")
                            + " FOR VALUES WITH (MODULUS 2, REMAINDER 0)",
                    "CREATE TABLE " + capture.table("part_1") + " PARTITION OF " + capture.table("appointments")
                            + " FOR VALUES WITH (MODULUS 2, REMAINDER 1)");
            String extremes = "INSERT INTO " + capture.table("appointments") + " VALUES"
                    + " (%1$s || 'first', '4713-01-01 BC', '4713-01-01 00:00:00 BC', '4713-01-01 00:00:00+00 BC', -0.01),"
                    + " (%1$s || 'last', '5874897-12-31', '9999-12-31 23:59:59.999999', '9999-12-31 23:59:59.999999+00',"
                    + " 99999999.99), (%1$s || 'day', 'infinity', NULL, NULL, NULL),"
                    + " (%1$s || 'day-', '-infinity', NULL, NULL, NULL), (%1$s || 'local', NULL, 'infinity', NULL, NULL),"
                    + " (%1$s || 'local-', NULL, '-infinity', NULL, NULL), (%1$s || 'at', NULL, NULL, 'infinity', NULL),"
                    + " (%1$s || 'at-', NULL, NULL, '-infinity', NULL), (%1$s || 'nan', NULL, NULL, NULL, 'NaN'),"
                    + " (%1$s || 'digits', NULL, NULL, NULL, 0.001)";
            capture.sql(String.format(extremes, "'s-'"));
            capture.tables(capture.entry("appointments", "appointment.avsc", ""));
            capture.set("cdc.on-unmappable", "dead-letter");
            try (CdcService service = capture.start();
                    TopicReader reader = new TopicReader(stack, capture.topic("appointments"));
                    TopicReader dead = new TopicReader(stack, "cdc.dead-letters.v1", false)) {
                capture.awaitStreaming(service);
                capture.sql(String.format(extremes, "'c-'"));
                capture.sql("INSERT INTO " + capture.table("appointments") + " VALUES ('end')");
                await().atMost(SOON).until(() -> reader.table().containsKey("end"));
                assertThat(reader.table()).containsOnlyKeys("s-first", "s-last", "c-first", "c-last", "end");
                for (String how : List.of("s-", "c-")) {
                    GenericRecord first = Objects.requireNonNull(reader.table().get(how + "first"));
                    assertThat(first.get("day")).isEqualTo(-2_440_550);
                    assertThat(first.get("localAt")).isEqualTo(micros("-4712-01-01T00:00:00Z"));
                    assertThat(first.get("at")).isEqualTo(micros("-4712-01-01T00:00:00Z"));
                    GenericRecord last = Objects.requireNonNull(reader.table().get(how + "last"));
                    assertThat(last.get("localAt")).isEqualTo(micros("9999-12-31T23:59:59.999999Z"));
                    assertThat(last.get("at")).isEqualTo(micros("9999-12-31T23:59:59.999999Z"));
                }
                List<TopicReader.Fact> letters = dead.all().stream()
                        .filter(fact -> capture.table("appointments")
                                .equals(fact.headers().get("dead-letter.table")))
                        .toList();
                assertThat(letters).hasSize(16).allSatisfy(letter -> assertThat(
                                letter.headers().get("dead-letter.reason"))
                        .containsAnyOf("infinity (expected: a moment)", "NaN or infinity", "3 decimals"));
            }
        }
    }

    @Test
    void turnsInsertedRowsOfAnOutboxIntoEvents() throws Exception {
        try (CaptureFixture capture = new CaptureFixture(stack, "outbox").rows("rows")) {
            capture.sql("CREATE TABLE " + capture.table("outbox") + " (LIKE payments.outbox INCLUDING ALL)");
            capture.set(
                    "cdc.outbox",
                    "[{ table = \"" + capture.table("outbox") + "\", routes { order { topic = \""
                            + capture.topic("orders") + "\" }, row { topic = \"" + capture.topic("events")
                            + "\", schema = \"classpath:row.avsc\" } } }]");
            String insert = "INSERT INTO " + capture.table("outbox")
                    + " (aggregate_type, aggregate_id, event_type, payload) VALUES";
            capture.sql(
                    insert + " ('row', 'a', 'made', '{\"id\": \"a\", \"version\": 3, \"payload\": \"p\", \"x\": 1}')");
            try (CdcService service = capture.start()) {
                capture.awaitStreaming(service);
                capture.sql(
                        insert + " ('order', 'o1', 'paid', '{\"total\": 5}')",
                        "DELETE FROM " + capture.table("outbox"),
                        insert + " ('row', 'b', 'made', '{\"id\": \"b\", \"version\": 4, \"payload\": \"p\"}')");
                try (TopicReader events = new TopicReader(stack, capture.topic("events"))) {
                    await().atMost(SOON).until(() -> events.all().size() == 2);
                    assertThat(events.all().get(0).headers())
                            .containsEntry("event-type", "made")
                            .containsKey("event-id");
                    assertThat(events.table()).containsOnlyKeys("a", "b");
                }
                try (TopicReader orders = new TopicReader(stack, capture.topic("orders"), false)) {
                    await().atMost(SOON).until(() -> !orders.all().isEmpty());
                    assertThat(orders.all()).singleElement().satisfies(order -> {
                        assertThat(order.key()).isEqualTo("o1");
                        assertThat(order.headers())
                                .containsEntry("value", "{\"total\": 5}")
                                .containsEntry("event-type", "paid")
                                .containsKey("event-id");
                    });
                }
                assertThat(service.failure().toCompletableFuture()).isNotDone();
            }
        }
    }
}
