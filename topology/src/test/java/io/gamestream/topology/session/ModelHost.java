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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A host as it is in truth: what it runs, whatever anybody believes. It refuses lower tokens, and stops by itself without an acknowledgement. */
final class ModelHost {

    private static final long LEASE_MS = 15_000;

    final String id;
    final GpuClass gpu;
    final SlotPhase[] phases;
    final long[] tokens;
    final String[] sessions;
    final Map<Integer, Assignment> wanted = new HashMap<>();
    private final List<HostCommand> stops = new ArrayList<>();
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
        wanted.clear();
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

    /** What the router would tell it, if it asked. */
    void want(Assignment assignment) {
        if (assignment.getStatus() == SessionStatus.GRANTED
                && assignment.getBootId().equals(boot)) {
            wanted.put(assignment.getSlot(), assignment);
        }
    }

    /** It hears of it when it asks the next time. */
    void stop(HostCommand command) {
        // The routers keep what it is to run, and know by now.
        wanted.computeIfPresent(
                command.getSlot(), (number, grant) -> grant.getToken() == command.getToken() ? null : grant);
        stops.add(command);
    }

    private void hear() {
        for (HostCommand command : stops) {
            if (command.getBootId().equals(boot) && tokens[command.getSlot()] == command.getToken()) {
                clean(command.getSlot());
            }
        }
        stops.clear();
    }

    /** Silence is a reason to stop. */
    void time(long now) {
        if (up && now - acknowledged >= LEASE_MS) {
            for (int i = 0; i < phases.length; i++) {
                clean(i);
            }
        }
    }

    /** Does something on one of its slots. */
    void act(Random random) {
        if (reachable) {
            hear();
        }
        int slot = random.nextInt(phases.length);
        Assignment next = wanted.get(slot);
        if (reachable && next != null && next.getToken() > tokens[slot] && random.nextInt(3) > 0) {
            tokens[slot] = next.getToken();
            sessions[slot] = next.getSessionId();
            phases[slot] = SlotPhase.STARTING;
            wanted.remove(slot);
            return;
        }
        phases[slot] = switch (phases[slot]) {
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
}
