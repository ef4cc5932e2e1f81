package io.gamestream.topology.session;

import io.gamestream.schemas.internal.sessions.HostWatch;
import io.gamestream.schemas.sessions.CellRecord;
import io.gamestream.schemas.sessions.HostHealth;
import io.gamestream.schemas.sessions.HostReport;
import io.gamestream.schemas.sessions.HostSignal;
import io.gamestream.schemas.sessions.HostState;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Watches the hosts of one partition: silence makes one suspect, and a second signal dead; one that comes back is trusted when it
 * has stayed. Time is what routers' beats say: where no router is heard, no host is silent. What it says may be said twice;
 * cells take it as often as it comes. Pure, but for being folded in place.
 */
public final class WatchMachine {

    /**
     * What follows from one signal.
     *
     * @param records for inboxes
     * @param changed rows to keep
     * @param forgotten hosts whose rows are to be deleted
     */
    public record Decision(List<CellRecord> records, List<HostWatch> changed, List<String> forgotten) {}

    private static final int MOST_DOUBLINGS = 10;

    private final WatchPolicy policy;
    private final Map<String, Watch> hosts = new TreeMap<>();
    private final BeatClock clock;
    private int massSilence;

    public WatchMachine(WatchPolicy policy) {
        this.policy = policy;
        this.clock = new BeatClock(policy.longestBeat().toMillis());
    }

    /** Takes in what was kept; every host gets a full silence before it is suspected, and its flaps are as of now. */
    public void load(HostWatch row) {
        row.setFlaps(new ArrayList<>(Collections.nCopies(row.getFlaps().size(), clock.now())));
        row.setStableAt(clock.now() + policy.stableAfter().toMillis());
        Watch watch = new Watch(row, clock.now());
        watch.lastReported = clock.now() - policy.reportEvery().toMillis();
        watch.downSince = clock.now() - row.getSilentMs();
        hosts.put(row.getHostId(), watch);
    }

    /**
     * Folds one signal.
     *
     * @throws BadSessionRecordException for a signal that breaks its contract
     */
    public Decision decide(HostSignal signal) {
        Step step = new Step(signal.getAt());
        switch (signal.getKind()) {
            case BEAT -> beat(step);
            case HEARTBEAT -> heartbeat(step, required(signal.getReport(), signal), cell(signal));
            case UNREACHABLE -> reachable(step, host(signal), false);
            case REACHABLE -> reachable(step, host(signal), true);
            case DRAIN -> step.toCell(cell(signal), required(signal.getDrain(), signal));
            case CLEAR_HALT -> step.toCell(cell(signal), required(signal.getClearHalt(), signal));
            case UNKNOWN ->
                throw new BadSessionRecordException(
                        "kind: UNKNOWN (expected: one that this version knows), of host " + signal.getHostId());
        }
        return new Decision(step.records, step.changed, step.forgotten);
    }

    /** How many hosts are silent at once, where they are so many that it says nothing of them; 0 otherwise. */
    public int massSilence() {
        return massSilence;
    }

    /** How many hosts are watched. */
    public int watched() {
        return hosts.size();
    }

    private void beat(Step step) {
        clock.beat(step.at);
        forget(step);
        massSilence = countMassSilence();
        for (Watch watch : hosts.values()) {
            HostHealth health = watch.row().getHealth();
            boolean silent = isSilent(watch);
            boolean confirmed = watch.row().getUnreachableAt() > 0;
            boolean means = confirmed || massSilence == 0;
            if (silent && means && health != HostHealth.DEAD && (confirmed || health != HostHealth.SUSPECT)) {
                fallSilent(step, watch, confirmed ? HostHealth.DEAD : HostHealth.SUSPECT);
            } else if (silent
                    && means
                    && clock.now() - watch.lastReported >= policy.reportEvery().toMillis()) {
                // What was said before may have been lost with the instance that said it.
                say(step, watch, health);
                watch.row().setSilentMs(watch.silent(clock.now()));
                step.changed.add(watch.row());
            } else if (health == HostHealth.UNSTABLE
                    && clock.now() >= watch.row().getStableAt()) {
                say(step, watch, HostHealth.ALIVE);
            }
        }
    }

    /** Its cell has heard of its silence again and again, and forgets it by itself, when the silence has been as long there. */
    private void forget(Step step) {
        hosts.values()
                .removeIf(watch -> watch.isDownFor(clock.now(), policy.forgetAfter())
                        && step.forgotten.add(watch.row().getHostId()));
    }

    private boolean isSilent(Watch watch) {
        return clock.now() - watch.lastHeard >= policy.suspectAfter().toMillis();
    }

    /**
     * Of hosts that could still be heard: those that a probe has not found away either, and that have not been suspected for so
     * long that they may have been taken away. They count from two thirds of a silence on: who beat first before everything
     * stopped must not be suspected before the last ones are missed.
     */
    private int countMassSilence() {
        int living = 0;
        int silent = 0;
        for (Watch watch : hosts.values()) {
            if (!watch.isAway(clock.now(), policy.flapMemory())) {
                living++;
                silent += 3 * (clock.now() - watch.lastHeard)
                                >= 2 * policy.suspectAfter().toMillis()
                        ? 1
                        : 0;
            }
        }
        return silent >= policy.massAtLeast() && silent > living * policy.massSilence() ? silent : 0;
    }

    private void fallSilent(Step step, Watch watch, HostHealth health) {
        if (watch.row().getHealth() != HostHealth.SUSPECT) {
            List<Long> flaps = new ArrayList<>(watch.row().getFlaps());
            flaps.removeIf(at -> clock.now() - at > policy.flapMemory().toMillis());
            flaps.add(clock.now());
            watch.row().setFlaps(flaps);
            watch.downSince = clock.now();
        }
        say(step, watch, health);
    }

    private void heartbeat(Step step, HostReport report, String cellId) {
        @Nullable Watch known = hosts.get(report.getHostId());
        if (known == null || !known.row().getBootId().equals(report.getBootId())) {
            boots(step, known, report, cellId);
            return;
        }
        HostReport before = known.row().getReport();
        if (report.getSeq() <= before.getSeq()) {
            return;
        }
        known.lastHeard = clock.now();
        boolean news = !before.getSlots().equals(report.getSlots())
                || !before.getAddress().equals(report.getAddress());
        known.row().setReport(report);
        boolean back = known.isDown();
        if (news
                || back
                || clock.now() - known.lastReported >= policy.reportEvery().toMillis()) {
            known.lastReported = clock.now();
            step.toCell(known.row().getCellId(), report);
        }
        boolean wasUnreachable = known.row().getUnreachableAt() > 0;
        known.row().setSilentMs(0);
        // It is heard: a probe that failed before says nothing about the next silence.
        known.row().setUnreachableAt(0);
        if (news || wasUnreachable) {
            step.changed.add(known.row());
        }
        if (back) {
            comeBack(step, known);
        } else if (known.lastReported == clock.now() && !known.row().getFlaps().isEmpty()) {
            // Its coming back may have been lost, as above.
            say(step, known, known.row().getHealth());
        }
    }

    /**
     * A new host, or one that has started anew: what was said of the boot before is void. Where it comes back in another cell, the
     * one that it has left hears that it is dead, or it would grant on it for ever.
     */
    private void boots(Step step, @Nullable Watch known, HostReport report, String cellId) {
        boolean moved = known != null && !known.row().getCellId().equals(cellId);
        if (known != null && moved) {
            step.toCell(known.row().getCellId(), state(known, HostHealth.DEAD));
        }
        List<Long> flaps = known == null ? new ArrayList<>() : known.row().getFlaps();
        Watch watch = new Watch(
                HostWatch.newBuilder()
                        .setHostId(report.getHostId())
                        .setCellId(cellId)
                        .setBootId(report.getBootId())
                        .setHealth(HostHealth.ALIVE)
                        .setReport(report)
                        .setUnreachableAt(0)
                        .setFlaps(flaps)
                        .setStableAt(0)
                        .setSilentMs(0)
                        .build(),
                clock.now());
        watch.lastReported = clock.now();
        hosts.put(report.getHostId(), watch);
        step.changed.add(watch.row());
        step.toCell(cellId, report);
        if (known == null || moved) {
            // The cell may remember it for longer; or was told that it had left, by a late word of the boot before the
            // move.
            step.toCell(cellId, state(watch, HostHealth.ALIVE));
        }
    }

    private void comeBack(Step step, Watch watch) {
        long recent = watch.row().getFlaps().stream()
                .filter(at -> clock.now() - at <= policy.flapMemory().toMillis())
                .count();
        if (recent <= 1) {
            say(step, watch, HostHealth.ALIVE);
            return;
        }
        long doublings = Math.min(recent - 2, MOST_DOUBLINGS);
        long wait =
                Math.min(policy.stableAtMost().toMillis(), policy.stableAfter().toMillis() << doublings);
        watch.row().setStableAt(clock.now() + wait);
        say(step, watch, HostHealth.UNSTABLE);
    }

    private void reachable(Step step, String hostId, boolean reachable) {
        @Nullable Watch watch = hosts.get(hostId);
        if (watch == null || (watch.row().getUnreachableAt() == 0) == reachable) {
            return;
        }
        watch.row().setUnreachableAt(reachable ? 0 : Math.max(1, clock.now()));
        step.changed.add(watch.row());
    }

    private void say(Step step, Watch watch, HostHealth health) {
        watch.lastReported = clock.now();
        if (watch.row().getHealth() != health) {
            watch.row().setHealth(health);
            step.changed.add(watch.row());
        }
        step.toCell(watch.row().getCellId(), state(watch, health));
    }

    private static HostState state(Watch watch, HostHealth health) {
        return HostState.newBuilder()
                .setHostId(watch.row().getHostId())
                .setBootId(watch.row().getBootId())
                .setHealth(health)
                .build();
    }

    private static String cell(HostSignal signal) {
        return required(signal.getCellId(), signal);
    }

    private static String host(HostSignal signal) {
        return required(signal.getHostId(), signal);
    }

    private static <T> T required(@Nullable T value, HostSignal signal) {
        if (value == null) {
            throw new BadSessionRecordException(
                    "a " + signal.getKind() + " of host " + signal.getHostId() + " without what belongs to it");
        }
        return Objects.requireNonNull(value);
    }

    /** One signal being folded. */
    private static final class Step {

        private final long at;
        private final List<CellRecord> records = new ArrayList<>();
        private final List<HostWatch> changed = new ArrayList<>();
        private final List<String> forgotten = new ArrayList<>();

        private Step(long at) {
            this.at = at;
        }

        private void toCell(String cellId, Object body) {
            records.add(CellRecord.newBuilder()
                    .setCellId(cellId)
                    .setAt(at)
                    .setBody(body)
                    .build());
        }
    }
}
