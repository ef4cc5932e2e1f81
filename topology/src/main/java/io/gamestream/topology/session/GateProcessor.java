package io.gamestream.topology.session;

import io.gamestream.schemas.catalog.Game;
import io.gamestream.schemas.internal.sessions.PlayerRow;
import io.gamestream.schemas.sessions.CellCapacity;
import java.time.Duration;
import java.util.Collection;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.TimestampedKeyValueStore;
import org.apache.kafka.streams.state.ValueAndTimestamp;
import org.jspecify.annotations.Nullable;

/** Keeps each player's ticket, passes on what the gate decides, and forgets those who have not been there for long. */
final class GateProcessor extends ContextualProcessor<String, GateInput, String, GateDecision> {

    /** Capacities are a second apart at best; reading all of them for each ticket would be most of its cost. */
    private static final long READ_EVERY_MS = 100;

    private static final Duration SWEEP_EVERY = Duration.ofSeconds(1);

    private final GateMachine machine;
    private final PlayerSweep sweep;
    private @Nullable KeyValueStore<String, PlayerRow> players;
    private @Nullable World world;
    /** Whether the task has read anything since it was given to this instance. */
    private boolean hasRead;

    GateProcessor(SessionConfig config) {
        this.machine = new GateMachine(config.gate());
        this.sweep = new PlayerSweep(config.gate());
    }

    @Override
    public void init(ProcessorContext<String, GateDecision> context) {
        super.init(context);
        hasRead = false;
        players = context.getStateStore(SessionTopology.Names.PLAYERS);
        world = new World(
                context,
                context.getStateStore(SessionTopology.Names.GAMES),
                context.getStateStore(SessionTopology.Names.CAPACITIES));
        context.schedule(SWEEP_EVERY, PunctuationType.WALL_CLOCK_TIME, this::sweep);
    }

    @Override
    public void process(Record<String, GateInput> input) {
        if (input.key() == null) {
            throw new BadSessionRecordException("a record without a key (expected: the player's id)");
        }
        hasRead = true;
        KeyValueStore<String, PlayerRow> rows = Objects.requireNonNull(players);
        GateDecision decision =
                machine.decide(rows.get(input.key()), input.key(), input.value(), Objects.requireNonNull(world));
        if (decision.row() != null) {
            rows.put(input.key(), decision.row());
        }
        context().forward(input.withValue(decision));
    }

    /**
     * By the time of the records that were read, as everything else here: what was asked while the service was down is answered
     * by what was known then. A record that is from tomorrow forgets nobody today.
     *
     * <p>Never before something was read: it is the offsets in a transaction by which Kafka refuses it once the task is another
     * instance's. Without any, one that was frozen meanwhile could commit a tombstone after a grant that it has not heard of.
     */
    private void sweep(long wallClock) {
        // Where nobody asks for a while it is still known since when a cell is silent.
        Objects.requireNonNull(world).look();
        if (!hasRead) {
            return;
        }
        KeyValueStore<String, PlayerRow> rows = Objects.requireNonNull(players);
        for (String player : sweep.next(rows, Math.min(wallClock, context().currentStreamTimeMs()))) {
            rows.delete(player);
            context().forward(new Record<>(player, GateDecision.FORGOTTEN, wallClock));
        }
    }

    /** The global stores. */
    private static final class World implements GateWorld {

        private final ProcessorContext<String, GateDecision> context;
        private final TimestampedKeyValueStore<String, Game> games;
        private final TimestampedKeyValueStore<String, CellCapacity> capacities;
        private final TreeMap<String, CellCapacity> read = new TreeMap<>();
        private final Silences silences = new Silences();
        private long readAt = Long.MIN_VALUE;

        private World(
                ProcessorContext<String, GateDecision> context,
                TimestampedKeyValueStore<String, Game> games,
                TimestampedKeyValueStore<String, CellCapacity> capacities) {
            this.context = context;
            this.games = games;
            this.capacities = capacities;
        }

        @Override
        public @Nullable Game game(String gameId) {
            return ValueAndTimestamp.getValueOrNull(games.get(gameId));
        }

        @Override
        public Collection<CellCapacity> cells() {
            long now = context.currentSystemTimeMs();
            if (readAt == Long.MIN_VALUE || Math.abs(now - readAt) >= READ_EVERY_MS) {
                look();
                readAt = now;
            }
            return read.values();
        }

        private void look() {
            long now = context.currentSystemTimeMs();
            read.clear();
            try (KeyValueIterator<String, ValueAndTimestamp<CellCapacity>> all = capacities.all()) {
                all.forEachRemaining(entry -> read.put(entry.key, entry.value.value()));
            }
            read.values().forEach(capacity -> silences.see(capacity, now));
        }

        @Override
        public long silentMs(String cellId) {
            return silences.silentMs(cellId, context.currentSystemTimeMs());
        }
    }
}
