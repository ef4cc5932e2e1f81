package io.gamestream.bench.sessions;

import io.gamestream.runtime.connection.KafkaSettings;
import io.gamestream.runtime.kafka.KafkaClients;
import io.gamestream.runtime.settings.Settings;
import io.gamestream.schemas.internal.sessions.CellRow;
import io.gamestream.schemas.internal.sessions.HostRow;
import io.gamestream.schemas.internal.sessions.PlayerRow;
import io.gamestream.schemas.internal.sessions.TicketRow;
import io.gamestream.schemas.sessions.Assignment;
import io.gamestream.schemas.sessions.SlotPhase;
import io.gamestream.topology.session.Cell;
import io.gamestream.topology.session.SessionConfig;
import io.gamestream.topology.streams.BinaryAvroSerde;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** Writes rows of live sessions into the changelogs of {@code sessions}, as its stores would: same keys, same bytes. */
final class LiveState implements AutoCloseable {

    private static final int SLOTS = 4;

    /** The cell's partition of its inbox, and so of its changelogs. */
    private static final int PARTITION = 0;

    private final Serde<PlayerRow> players = BinaryAvroSerde.of(PlayerRow.getEncoder(), PlayerRow.getDecoder());
    private final Serde<HostRow> hosts = BinaryAvroSerde.of(HostRow.getEncoder(), HostRow.getDecoder());
    private final Serde<TicketRow> tickets = BinaryAvroSerde.of(TicketRow.getEncoder(), TicketRow.getDecoder());
    private final Serde<CellRow> cells = BinaryAvroSerde.of(CellRow.getEncoder(), CellRow.getDecoder());
    private final LivePlayers gate = new LivePlayers(Settings.load(null, Map.of(), Map.of())
            .bind("sessions", SessionConfig.class)
            .gate());
    private final KafkaProducer<String, byte[]> producer;
    private final AtomicReference<@Nullable Exception> failed = new AtomicReference<>();
    private long rows;
    private long bytes;

    LiveState(KafkaSettings kafka) {
        Map<String, Object> properties = KafkaClients.producer(kafka, "bench-state");
        properties.put(ProducerConfig.LINGER_MS_CONFIG, 50);
        properties.put(ProducerConfig.BATCH_SIZE_CONFIG, 256 << 10);
        producer = new KafkaProducer<>(properties, new StringSerializer(), new ByteArraySerializer());
    }

    /** A cell with so many sessions that are played, all of its slots taken. */
    void write(int held) {
        CellLoad load = new CellLoad(held / SLOTS, SLOTS, decision -> {});
        for (int i = 0; i < held; i++) {
            Assignment granted = load.place();
            load.say(granted, SlotPhase.RUNNING);
            put("players", null, granted.getPlayerId(), players, gate.row(granted));
            if (i % 10_000 == 0) {
                load.tick();
            }
        }
        Cell cell = load.cell();
        cell.hostRows().forEach(row -> put("hosts", PARTITION, key(row.getHostId()), hosts, row));
        cell.ticketRows().forEach(row -> put("tickets", PARTITION, key(row.getTicketId()), tickets, row));
        put("cells", PARTITION, cell.id(), cells, cell.row());
        send("policies", PARTITION, cell.id(), cell.policyText().getBytes(StandardCharsets.UTF_8));
        producer.flush();
        Exception e = failed.get();
        if (e != null) {
            throw new IllegalStateException("the changelogs could not be written", e);
        }
    }

    /** Written so far. */
    long rows() {
        return rows;
    }

    /** Of the values written so far. */
    long bytes() {
        return bytes;
    }

    private static String key(String id) {
        return CellLoad.CELL + "|" + id;
    }

    private <R> void put(String store, @Nullable Integer partition, String key, Serde<R> serde, R row) {
        send(store, partition, key, serde.serializer().serialize(store, row));
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the callback is told
    private void send(String store, @Nullable Integer partition, String key, byte[] value) {
        rows++;
        bytes += value.length;
        producer.send(
                new ProducerRecord<>("sessions-session-" + store + "-changelog", partition, key, value),
                (sent, e) -> failed.compareAndSet(null, e));
    }

    @Override
    public void close() {
        producer.close();
    }
}
