package io.gamestream.chaos.sessions.check;

import io.gamestream.local.sessions.HostFact;
import io.gamestream.local.sessions.PlayerFact;
import io.gamestream.schemas.sessions.Assignment;
import io.gamestream.schemas.sessions.CellCapacity;
import io.gamestream.schemas.sessions.CellRecord;
import io.gamestream.schemas.sessions.Play;
import io.gamestream.schemas.sessions.SessionEvent;
import io.gamestream.schemas.sessions.SlotEvent;
import io.gamestream.schemas.sessions.TicketAnswer;
import io.gamestream.schemas.sessions.TicketCommand;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Everything that a run has left behind, read as a {@code read_committed} reader reads it. Mutable while it is collected. */
public final class Evidence {

    /**
     * A record of an inbox.
     *
     * @param timestamp of the record, ms since 1970
     */
    public record Logged(CellRecord record, long timestamp) {}

    /** Regions of the cells, by cell. */
    public final Map<String, String> regions = new TreeMap<>();

    /** By cell, oldest first; likewise below. Records that can't be read are left out. */
    public final Map<String, List<Logged>> inbox = new TreeMap<>();

    /** By slot. */
    public final Map<String, List<SlotEvent>> slotEvents = new TreeMap<>();

    /** By player, whose records are in the order of their causes whatever cells they are from. */
    public final Map<String, List<Assignment>> assignments = new TreeMap<>();

    public final List<TicketCommand> tickets = new ArrayList<>();
    public final List<TicketAnswer> answers = new ArrayList<>();
    public final List<SessionEvent> sessionEvents = new ArrayList<>();
    public final List<Play> plays = new ArrayList<>();
    public final List<CellCapacity> capacities = new ArrayList<>();

    /** What hosts and players did, in their order. */
    public final List<HostFact> hosts = new ArrayList<>();

    public final List<PlayerFact> players = new ArrayList<>();

    /** When a reader that followed all along saw a slot event, by {@link #id}: ms of the clock of {@link #hosts}. */
    public final Map<String, Long> seen = new HashMap<>();

    /** What each router says in the end of each session that a request was answered with: its states. */
    public final Map<String, List<String>> lastRead = new TreeMap<>();

    public final List<Outage> outages = new ArrayList<>();

    /** Keys of the poison that was written, and of the dead letters. */
    public final Set<String> poison = new HashSet<>();

    public final List<String> deadLetters = new ArrayList<>();

    /** What was still going on when the wait for quiet was over. */
    public final List<String> stillBusy = new ArrayList<>();

    /** Of hosts. */
    public Duration lease = Duration.ofSeconds(15);

    /** What a host needs to hear of something, besides its lease. */
    public Duration slack = Duration.ofSeconds(3);

    /** Of one slot event among all. */
    public static String id(SlotEvent event) {
        return slot(event.getHostId(), event.getSlot()) + "@" + event.getVersion();
    }

    /** Of a slot. */
    public static String slot(String hostId, int number) {
        return hostId + "#" + number;
    }
}
