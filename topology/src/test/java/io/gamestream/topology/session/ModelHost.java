package io.gamestream.topology.session;

import io.gamestream.schemas.catalog.GpuClass;
import io.gamestream.schemas.sessions.Assignment;
import io.gamestream.schemas.sessions.CellRecord;
import io.gamestream.schemas.sessions.HostCommand;
import io.gamestream.schemas.sessions.SessionStatus;
import io.gamestream.schemas.sessions.SlotPhase;
import io.gamestream.schemas.sessions.SlotReport;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A host as it is in truth: what it runs, whatever anybody believes. It refuses lower tokens, and stops by itself without an acknowledgement. */
final class ModelHost {

    /** Less than what a host that says nothing is waited for. */
    private static final long BEHIND_MS = 12_000;

    private static final long LEASE_MS = 15_000;

    final String id;
    final GpuClass gpu;
    final SlotPhase[] phases;
    final long[] tokens;
    final String[] sessions;
    private final List<Told<Assignment>> grants = new ArrayList<>();
    private final List<Told<HostCommand>> stops = new ArrayList<>();
    String boot;
    long seq;
    long acknowledged;
    boolean up = true;
    boolean reachable = true;
    private int boots;

    ModelHost(String id, GpuClass gpu, int slots) {
        this.id = id;
        this.gpu = gpu;
        this.phases = new SlotPhase[slots];
        this.tokens = new long[slots];
        this.sessions = new String[slots];
        reboot();
    }

    /** Comes up with nothing running; it has forgotten its tokens too. */
    void reboot() {
        boot = id + "-boot-" + ++boots;
        seq = 0;
        up = true;
        Arrays.fill(phases, SlotPhase.IDLE);
        Arrays.fill(tokens, 0);
        Arrays.fill(sessions, null);
        grants.clear();
        stops.clear();
    }

    void crash() {
        up = false;
        Arrays.fill(phases, SlotPhase.IDLE);
        Arrays.fill(sessions, null);
    }

    boolean runs(String session) {
        return running().anyMatch(session::equals);
    }

    /** The sessions that it streams. */
    Stream<String> running() {
        return IntStream.range(0, phases.length)
                .filter(i -> switch (phases[i]) {
                    case STARTING, RUNNING, WAITING -> true;
                    case IDLE, CLEANING, CLEAN_FAILED, UNKNOWN -> false;
                })
                .mapToObj(i -> sessions[i]);
    }

    /** What routers tell it, if it asks one that has read so far. */
    void want(Assignment assignment, long now) {
        if (assignment.getStatus() == SessionStatus.GRANTED
                && assignment.getBootId().equals(boot)) {
            grants.add(new Told<>(now, assignment));
        }
    }

    /** The same. */
    void stop(HostCommand command, long now) {
        if (command.getBootId().equals(boot)) {
            stops.add(new Told<>(now, command));
        }
    }

    /** Of each slot it is told the highest token that is to stop, of that time and before: up to it nothing runs there any more. */
    void hear(long seen) {
        for (int slot = 0; slot < phases.length; slot++) {
            if (tokens[slot] <= stopped(slot, seen)) {
                if (phases[slot] == SlotPhase.IDLE || phases[slot] == SlotPhase.CLEAN_FAILED) {
                    tokens[slot] = stopped(slot, seen);
                } else {
                    clean(slot);
                }
            }
        }
    }

    private long stopped(int slot, long seen) {
        return stops.stream()
                .filter(told -> told.at() <= seen && told.what().getSlot() == slot)
                .mapToLong(told -> told.what().getToken())
                .max()
                .orElse(-1);
    }

    private @Nullable Assignment wanted(int slot, long seen) {
        return grants.stream()
                .filter(told -> told.at() <= seen)
                .map(Told::what)
                .filter(grant -> grant.getSlot() == slot && grant.getToken() > tokens[slot])
                .filter(grant -> grant.getToken() > stopped(slot, seen))
                .max(Comparator.comparing(Assignment::getToken))
                .orElse(null);
    }

    /** Silence is a reason to stop. */
    void time(long now) {
        if (up && now - acknowledged >= LEASE_MS) {
            for (int i = 0; i < phases.length; i++) {
                clean(i);
            }
        }
    }

    /** Asks a router, one that reads behind at times, and does something on each of its slots. */
    void act(Random random, long now) {
        long seen = random.nextBoolean() ? now : now - random.nextLong(BEHIND_MS);
        if (reachable) {
            hear(seen);
        }
        for (int slot = 0; slot < phases.length; slot++) {
            Assignment next = reachable ? wanted(slot, seen) : null;
            if (next != null && random.nextInt(3) > 0) {
                tokens[slot] = next.getToken();
                sessions[slot] = next.getSessionId();
                phases[slot] = SlotPhase.STARTING;
            } else {
                phases[slot] = next(phases[slot], random);
            }
        }
    }

    private static SlotPhase next(SlotPhase phase, Random random) {
        return switch (phase) {
            case STARTING -> pick(random, SlotPhase.RUNNING, SlotPhase.RUNNING, SlotPhase.WAITING, SlotPhase.CLEANING);
            case RUNNING -> pick(random, SlotPhase.RUNNING, SlotPhase.WAITING, SlotPhase.CLEANING);
            case WAITING -> pick(random, SlotPhase.RUNNING, SlotPhase.WAITING, SlotPhase.CLEANING);
            case CLEANING -> pick(random, SlotPhase.IDLE, SlotPhase.IDLE, SlotPhase.IDLE, SlotPhase.CLEAN_FAILED);
            case CLEAN_FAILED -> pick(random, SlotPhase.CLEAN_FAILED, SlotPhase.IDLE);
            case IDLE, UNKNOWN -> SlotPhase.IDLE;
        };
    }

    /** Ends all that it does. */
    void finish() {
        for (int i = 0; i < phases.length; i++) {
            phases[i] = SlotPhase.IDLE;
            sessions[i] = null;
        }
    }

    CellRecord report(long now) {
        acknowledged = now;
        List<SlotReport> slots = new ArrayList<>();
        for (int i = 0; i < phases.length; i++) {
            slots.add(Cells.slot(phases[i], tokens[i]));
        }
        return Cells.report(now, id, boot, ++seq, gpu, slots);
    }

    private void clean(int slot) {
        if (phases[slot] != SlotPhase.IDLE && phases[slot] != SlotPhase.CLEAN_FAILED) {
            phases[slot] = SlotPhase.CLEANING;
            sessions[slot] = null;
        }
    }

    private static SlotPhase pick(Random random, SlotPhase... phases) {
        return phases[random.nextInt(phases.length)];
    }

    /** What routers know of, and since when. */
    private record Told<T>(long at, T what) {}
}
