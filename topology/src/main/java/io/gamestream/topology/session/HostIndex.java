package io.gamestream.topology.session;

import io.gamestream.schemas.catalog.GpuClass;
import io.gamestream.schemas.internal.sessions.HostRow;
import io.gamestream.schemas.internal.sessions.SessionRow;
import io.gamestream.schemas.internal.sessions.SlotRow;
import io.gamestream.schemas.sessions.SlotState;
import io.gamestream.topology.session.CellPolicy.Packing;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The hosts of a cell and what is derived from them: counters, who has room, where each session is, deadlines. */
final class HostIndex {

    /** Where a session is. */
    record Place(CellHost host, int slot) {}

    private static final Comparator<CellHost> BY_ID = Comparator.comparing(CellHost::id);
    private static final Comparator<CellHost> BY_ROOM =
            Comparator.<CellHost>comparingInt(host -> -host.free).thenComparing(BY_ID);

    private final Map<String, CellHost> hosts = new TreeMap<>();
    private final Map<String, Place> sessions = new HashMap<>();
    private final Map<GpuClass, ClassCount> counts = new EnumMap<>(GpuClass.class);
    private final Map<GpuClass, NavigableSet<CellHost>> room = new EnumMap<>(GpuClass.class);
    private final NavigableSet<Deadline> deadlines;

    HostIndex(NavigableSet<Deadline> deadlines) {
        this.deadlines = deadlines;
        order(Packing.PACK);
    }

    /** How sessions are put on hosts from now on. */
    void order(Packing packing) {
        for (GpuClass gpu : GpuClass.values()) {
            room.put(gpu, new TreeSet<>(packing == Packing.PACK ? BY_ID : BY_ROOM));
        }
        hosts.values().forEach(this::addRoom);
    }

    @Nullable
    CellHost find(String hostId) {
        return hosts.get(hostId);
    }

    Collection<CellHost> all() {
        return hosts.values();
    }

    ClassCount count(GpuClass gpu) {
        return counts.getOrDefault(gpu, ClassCount.NONE);
    }

    /** The host that the next session of the class goes to; null where none has room. */
    @Nullable
    CellHost withRoom(GpuClass gpu) {
        NavigableSet<CellHost> candidates = roomOf(gpu);
        return candidates.isEmpty() ? null : candidates.first();
    }

    @Nullable
    Place session(String sessionId) {
        return sessions.get(sessionId);
    }

    int sessions() {
        return sessions.size();
    }

    /** Takes a host in with all that its row says. */
    CellHost add(HostRow row) {
        CellHost host = new CellHost(row);
        hosts.put(host.id(), host);
        attach(host);
        addDeadline(row.getDeadline(), Deadline.Kind.HOST, host.id(), -1);
        addDeadline(row.getEvictAt(), Deadline.Kind.EVICT, host.id(), -1);
        for (int i = 0; i < row.getSlots().size(); i++) {
            addDeadline(host.slot(i).getDeadline(), Deadline.Kind.SLOT, host.id(), i);
            SessionRow session = host.slot(i).getSession();
            if (session != null) {
                sessions.put(session.getSessionId(), new Place(host, i));
            }
        }
        return host;
    }

    /** Forgets a host, which has no slot left that is there. */
    void remove(CellHost host) {
        setDeadline(host, 0);
        setEviction(host, 0);
        detach(host);
        hosts.remove(host.id());
    }

    /** Changes what a host is, besides its slots' states and deadlines. */
    void change(CellHost host, Consumer<HostRow> change) {
        detach(host);
        change.accept(host.row());
        attach(host);
    }

    void setDeadline(CellHost host, long due) {
        removeDeadline(host.row().getDeadline(), Deadline.Kind.HOST, host.id(), -1);
        host.row().setDeadline(due);
        addDeadline(due, Deadline.Kind.HOST, host.id(), -1);
    }

    void setEviction(CellHost host, long due) {
        removeDeadline(host.row().getEvictAt(), Deadline.Kind.EVICT, host.id(), -1);
        host.row().setEvictAt(due);
        addDeadline(due, Deadline.Kind.EVICT, host.id(), -1);
    }

    /** Puts a slot into a state, with its deadline. */
    void move(CellHost host, int number, SlotState to, long due) {
        SlotRow slot = host.slot(number);
        detach(host);
        slot.setState(to);
        attach(host);
        setSlotDeadline(host, number, due);
    }

    void setSlotDeadline(CellHost host, int number, long due) {
        SlotRow slot = host.slot(number);
        removeDeadline(slot.getDeadline(), Deadline.Kind.SLOT, host.id(), number);
        slot.setDeadline(due);
        addDeadline(due, Deadline.Kind.SLOT, host.id(), number);
    }

    /** Puts a session on a slot. */
    void put(CellHost host, int number, SessionRow session) {
        host.slot(number).setSession(session);
        sessions.put(session.getSessionId(), new Place(host, number));
    }

    /** Takes the session off a slot. */
    SessionRow take(CellHost host, int number) {
        SessionRow session = Objects.requireNonNull(host.slot(number).getSession());
        host.slot(number).setSession(null);
        sessions.remove(session.getSessionId());
        return session;
    }

    private void attach(CellHost host) {
        host.recount();
        counts.merge(host.row().getGpuClass(), ClassCount.of(host), ClassCount::plus);
        addRoom(host);
    }

    private void detach(CellHost host) {
        counts.merge(host.row().getGpuClass(), ClassCount.of(host), ClassCount::minus);
        roomOf(host.row().getGpuClass()).remove(host);
    }

    private void addRoom(CellHost host) {
        if (host.isReady() && host.free > 0) {
            roomOf(host.row().getGpuClass()).add(host);
        }
    }

    private NavigableSet<CellHost> roomOf(GpuClass gpu) {
        return Objects.requireNonNull(room.get(gpu));
    }

    private void addDeadline(long due, Deadline.Kind kind, String name, int slot) {
        if (due > 0) {
            deadlines.add(new Deadline(due, kind, name, slot));
        }
    }

    private void removeDeadline(long due, Deadline.Kind kind, String name, int slot) {
        if (due > 0) {
            deadlines.remove(new Deadline(due, kind, name, slot));
        }
    }
}
