package io.gamestream.schemas;

import io.gamestream.schemas.TopicSpec.Cleanup;
import io.gamestream.schemas.sessions.Assignment;
import io.gamestream.schemas.sessions.CellCapacity;
import io.gamestream.schemas.sessions.CellCheckpoint;
import io.gamestream.schemas.sessions.CellRecord;
import io.gamestream.schemas.sessions.HostCommand;
import io.gamestream.schemas.sessions.HostSignal;
import io.gamestream.schemas.sessions.SessionEvent;
import io.gamestream.schemas.sessions.SlotEvent;
import io.gamestream.schemas.sessions.TicketAnswer;
import io.gamestream.schemas.sessions.TicketCommand;
import java.time.Duration;
import java.util.List;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The topics of sessions; part of {@link TopicCatalogue}. Tickets and assignments have as many partitions, so that a
 * player's records are one task's; the inbox is partitioned by the settings' table of cells.
 */
public final class SessionTopics {

    private static final String SESSIONS = "sessions";
    private static final String ROUTER = "session-router";
    private static final String PLAYER_ID = "player id";
    private static final String HOST_ID = "host id";

    /** How far back decisions can be made again. */
    private static final Duration REPLAY_HORIZON = Duration.ofDays(30);

    private static final Duration WEEK = Duration.ofDays(7);

    public static final TopicSpec TICKETS = log(
            "sessions.tickets.v1",
            PLAYER_ID,
            TicketCommand.getClassSchema(),
            WEEK,
            ROUTER,
            "What is asked about players' sessions",
            SESSIONS);
    public static final TopicSpec ANSWERS = log(
            "sessions.answers.v1",
            PLAYER_ID,
            TicketAnswer.getClassSchema(),
            WEEK,
            SESSIONS,
            "Requests that no cell answers: refused, or answered by a session that is already there",
            ROUTER);
    public static final TopicSpec CELL_INBOX = log(
            "sessions.cell-inbox.v1",
            "cell id",
            CellRecord.getClassSchema(),
            REPLAY_HORIZON,
            SESSIONS,
            "Everything that cells decide by, time included; on the partition that the settings give the cell",
            SESSIONS);
    public static final TopicSpec CHECKPOINTS = log(
            "sessions.cell-checkpoints.v1",
            "cell id",
            CellCheckpoint.getClassSchema(),
            REPLAY_HORIZON,
            SESSIONS,
            "Cells as they were now and then; decisions are made again from there, whatever retention has taken of the inbox");
    public static final TopicSpec ASSIGNMENTS = compacted(
            "sessions.assignments.v1",
            PLAYER_ID,
            Assignment.getClassSchema(),
            "Where each player's session is",
            SESSIONS,
            ROUTER,
            "serving-api");
    public static final TopicSpec SLOT_EVENTS = log(
            "sessions.slot-events.v1",
            "host id#slot",
            SlotEvent.getClassSchema(),
            REPLAY_HORIZON,
            SESSIONS,
            "Every transition of every slot, gapless per slot");
    public static final TopicSpec EVENTS = log(
            "sessions.events.v1",
            PLAYER_ID,
            SessionEvent.getClassSchema(),
            null,
            SESSIONS,
            "Sessions that have started and ended, each once",
            "serving-api");
    public static final TopicSpec CAPACITY = compacted(
            "sessions.capacity.v1",
            "cell id",
            CellCapacity.getClassSchema(),
            "What each cell has free, and who waits there",
            SESSIONS,
            ROUTER,
            "serving-api");
    public static final TopicSpec HOST_SIGNALS = log(
            "sessions.host-signals.v1",
            HOST_ID,
            HostSignal.getClassSchema(),
            Duration.ofHours(1),
            ROUTER,
            "Heartbeats as they came, and what else routers hear of hosts",
            SESSIONS);
    public static final TopicSpec HOST_COMMANDS = log(
            "sessions.host-commands.v1",
            HOST_ID,
            HostCommand.getClassSchema(),
            Duration.ofHours(1),
            SESSIONS,
            "What hosts must stop",
            ROUTER);

    static final List<TopicSpec> ALL = List.of(
            TICKETS,
            ANSWERS,
            CELL_INBOX,
            CHECKPOINTS,
            ASSIGNMENTS,
            SLOT_EVENTS,
            EVENTS,
            CAPACITY,
            HOST_SIGNALS,
            HOST_COMMANDS);

    private SessionTopics() {}

    private static TopicSpec log(
            String name,
            String key,
            Schema schema,
            @Nullable Duration kept,
            String owner,
            String meaning,
            String... readers) {
        return new TopicSpec(
                name, key, schema, TopicCatalogue.PARTITIONS, Cleanup.DELETE, kept, owner, meaning, List.of(readers));
    }

    private static TopicSpec compacted(String name, String key, Schema schema, String meaning, String... readers) {
        return new TopicSpec(
                name,
                key,
                schema,
                TopicCatalogue.PARTITIONS,
                Cleanup.COMPACT,
                null,
                SESSIONS,
                meaning,
                List.of(readers));
    }
}
