package io.gamestream.topology.session;

import io.gamestream.schemas.internal.sessions.CellRow;
import io.gamestream.schemas.internal.sessions.HostRow;
import io.gamestream.schemas.internal.sessions.SlotRow;
import io.gamestream.schemas.sessions.HostCommand;
import io.gamestream.schemas.sessions.HostDrain;
import io.gamestream.schemas.sessions.HostHealth;
import io.gamestream.schemas.sessions.HostReport;
import io.gamestream.schemas.sessions.HostState;
import io.gamestream.schemas.sessions.SlotPhase;
import io.gamestream.schemas.sessions.SlotReport;
import io.gamestream.schemas.sessions.SlotState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What hosts say, and what is said of them. Pure. */
final class HostRules {

    private static final int KEPT_BOOTS = 8;
    /** No cell grants so often: a higher token is one that a host has made up, and routers take none that is much higher. */
    private static final long MOST_GRANTS = 1L << 52;

    private HostRules() {}

    static void report(CellStep step, HostReport report) {
        @Nullable CellHost host = step.hosts().find(report.getHostId());
        if (host == null) {
            host = step.hosts().add(row(report));
            grow(step, host, report);
        } else if (host.row().getFormerBoots().contains(report.getBootId())) {
            return;
        } else if (!host.row().getBootId().equals(report.getBootId())) {
            reboot(step, host, report);
        } else if (report.getSeq() <= host.row().getLastSeq()) {
            return;
        }
        slots(step, host, report);
        HoldRules.heard(step, report);
        boolean moved = !host.row().getAddress().equals(report.getAddress());
        if (moved) {
            host.row().setAddress(report.getAddress());
        }
        if (moved || step.decision().hosts().containsKey(host.id())) {
            // A report that changes nothing is not written, and so it must not be remembered either.
            host.row().setLastSeq(report.getSeq());
            step.decision().changed(host);
        }
    }

    /** The detector's opinion; of another boot than the one that runs it means nothing. */
    static void state(CellStep step, HostState state) {
        @Nullable CellHost host = step.hosts().find(state.getHostId());
        if (host == null || !host.row().getBootId().equals(state.getBootId())) {
            return;
        }
        HostHealth was = host.row().getHealth();
        switch (state.getHealth()) {
            case ALIVE, UNSTABLE -> {
                if (was != state.getHealth()) {
                    health(step, host, state.getHealth(), 0);
                }
            }
            case SUSPECT -> {
                if (host.isHeard()) {
                    health(step, host, HostHealth.SUSPECT, step.in(suspicionLimit(step)));
                    HoldRules.missed(step, host);
                }
                forgetLater(step, host);
            }
            case DEAD -> {
                if (was != HostHealth.DEAD && was != HostHealth.LOST) {
                    // It has stopped its sessions by then, even if it is only cut off.
                    health(step, host, HostHealth.DEAD, step.in(LeaseRules.selfStop(step)));
                    HoldRules.missed(step, host);
                }
                forgetLater(step, host);
            }
            case UNKNOWN, LOST -> {
                return;
            }
        }
    }

    /** Never before it has stopped by itself; the policy sees to that, but for a lease of before. */
    private static Duration suspicionLimit(CellStep step) {
        Duration selfStop = LeaseRules.selfStop(step);
        Duration limit = step.policy().suspicionLimit();
        return limit.compareTo(selfStop) < 0 ? selfStop : limit;
    }

    /** Nobody has heard of it for so long that its sessions are given up; or, after that, that it is forgotten. */
    static void silent(CellStep step, CellHost host) {
        if (host.row().getHealth() == HostHealth.LOST) {
            forget(step, host);
        } else {
            health(step, host, HostHealth.LOST, 0);
            forgetLater(step, host);
            all(step, host, SlotSignal.LOST);
        }
    }

    /** Also one that was given up under a policy by which nothing is forgotten, once the detector speaks of it again. */
    private static void forgetLater(CellStep step, CellHost host) {
        Duration after = step.policy().forgetHostsAfter();
        if (host.row().getHealth() == HostHealth.LOST && host.row().getDeadline() == 0 && !after.isZero()) {
            step.hosts().setDeadline(host, step.in(after));
            step.decision().changed(host);
        }
    }

    /** One that comes back under this id is a new host, whose slots go on where no slot of a forgotten one has been. */
    private static void forget(CellStep step, CellHost host) {
        all(step, host, SlotSignal.FORGOTTEN);
        CellRow cell = step.cell().row();
        for (SlotRow slot : host.row().getSlots()) {
            if (slot.getToken() < MOST_GRANTS) {
                cell.setTokenFloor(Math.max(cell.getTokenFloor(), slot.getToken()));
            }
            cell.setVersionFloor(Math.max(cell.getVersionFloor(), slot.getVersion()));
        }
        step.decision().cellHasChanged();
        step.hosts().remove(host);
        step.decision().forgotten(host);
    }

    /**
     * An operator takes a host out of service, or back.
     *
     * @throws BadSessionRecordException for a host that the cell doesn't know: the operator believes that something was done, so
     *     it must not be passed over in silence
     */
    static void drain(CellStep step, HostDrain drain) {
        @Nullable CellHost host = step.hosts().find(drain.getHostId());
        if (host == null) {
            throw new BadSessionRecordException("cell " + step.cell().id() + " is asked to "
                    + (drain.getDraining() ? "drain" : "take back into service") + " host " + drain.getHostId()
                    + " (expected: a host that has beaten with this cell's id)");
        }
        step.hosts().change(host, row -> row.setDraining(drain.getDraining()));
        boolean evicts = drain.getDraining() && drain.getEvictAfterMs() > 0;
        step.hosts().setEviction(host, evicts ? step.in(Duration.ofMillis(drain.getEvictAfterMs())) : 0);
        step.decision().changed(host);
        step.awake().add(host.row().getGpuClass());
    }

    /** Maintenance begins: what still runs there is moved. */
    static void evict(CellStep step, CellHost host) {
        step.hosts().setEviction(host, 0);
        step.decision().changed(host);
        all(step, host, SlotSignal.EVICT);
    }

    private static void health(CellStep step, CellHost host, HostHealth health, long due) {
        step.hosts().change(host, row -> row.setHealth(health));
        step.hosts().setDeadline(host, due);
        step.decision().changed(host);
        step.awake().add(host.row().getGpuClass());
    }

    private static void reboot(CellStep step, CellHost host, HostReport report) {
        List<String> former = new ArrayList<>(host.row().getFormerBoots());
        former.add(host.row().getBootId());
        host.row().setFormerBoots(former.subList(Math.max(0, former.size() - KEPT_BOOTS), former.size()));
        all(step, host, SlotSignal.REBOOT);
        HoldRules.rebooted(step, host);
        for (int i = report.getSlots().size(); i < host.row().getSlots().size(); i++) {
            SlotRules.signal(step, host, i, SlotSignal.REMOVED);
        }
        step.hosts().change(host, row -> {
            row.setBootId(report.getBootId());
            row.setGpuClass(report.getGpuClass());
        });
        health(step, host, HostHealth.ALIVE, 0);
        grow(step, host, report);
    }

    /** Slots that the cell doesn't know yet. */
    private static void grow(CellStep step, CellHost host, HostReport report) {
        step.hosts().change(host, row -> {
            while (row.getSlots().size() < report.getSlots().size()) {
                row.getSlots().add(unknown(step.cell().row()));
            }
        });
        for (int i = 0; i < report.getSlots().size(); i++) {
            SlotRules.signal(step, host, i, SlotSignal.REGISTERED);
        }
        step.decision().changed(host);
    }

    private static void slots(CellStep step, CellHost host, HostReport report) {
        // Of the same boot, a host can't grow or shrink.
        int known = Math.min(report.getSlots().size(), host.row().getSlots().size());
        for (int i = 0; i < known; i++) {
            slot(step, host, i, report.getSlots().get(i));
        }
    }

    private static void slot(CellStep step, CellHost host, int number, SlotReport report) {
        SlotRow slot = host.slot(number);
        boolean runs = report.getPhase() == SlotPhase.STARTING
                || report.getPhase() == SlotPhase.RUNNING
                || report.getPhase() == SlotPhase.WAITING;
        boolean wanted = report.getToken() == slot.getToken() && SlotTransitions.LIVE.contains(slot.getState());
        if (runs && !wanted) {
            stray(step, host, number, report.getToken());
        } else {
            SlotSignal signal = signal(report.getPhase());
            if (signal != null) {
                SlotRules.signal(step, host, number, signal);
            }
            if (signal == SlotSignal.HOST_WAITING && slot.getState() == SlotState.STARTING && !slot.getReady()) {
                SlotRules.ready(step, host, number);
            }
        }
    }

    /** The host runs a session that has ended, or never was. */
    private static void stray(CellStep step, CellHost host, int number, long token) {
        SlotRow slot = host.slot(number);
        if (token > slot.getToken()) {
            slot.setToken(token);
            step.decision().changed(host);
        }
        SlotRules.signal(step, host, number, SlotSignal.HOST_STRAY);
        stop(step, host, number, token, slot.getState() == SlotState.RESERVED ? "REPLACED" : "NOT_WANTED");
    }

    /** The host is told to stop what it runs there under that token. */
    static void stop(CellStep step, CellHost host, int number, long token, String reason) {
        step.decision()
                .add(HostCommand.newBuilder()
                        .setHostId(host.id())
                        .setBootId(host.row().getBootId())
                        .setSlot(number)
                        .setToken(token)
                        .setReason(reason)
                        .setAt(step.at())
                        .build());
    }

    private static @Nullable SlotSignal signal(SlotPhase phase) {
        return switch (phase) {
            case UNKNOWN -> null;
            case IDLE -> SlotSignal.HOST_IDLE;
            case STARTING -> SlotSignal.HOST_STARTING;
            case RUNNING -> SlotSignal.HOST_RUNNING;
            case WAITING -> SlotSignal.HOST_WAITING;
            case CLEANING -> SlotSignal.HOST_CLEANING;
            case CLEAN_FAILED -> SlotSignal.HOST_CLEAN_FAILED;
        };
    }

    private static void all(CellStep step, CellHost host, SlotSignal signal) {
        for (int i = 0; i < host.row().getSlots().size(); i++) {
            SlotRules.signal(step, host, i, signal, "HOST_" + signal.name());
        }
    }

    private static HostRow row(HostReport report) {
        return HostRow.newBuilder()
                .setHostId(report.getHostId())
                .setBootId(report.getBootId())
                .setFormerBoots(new ArrayList<>())
                .setLastSeq(0)
                .setAddress(report.getAddress())
                .setGpuClass(report.getGpuClass())
                .setHealth(HostHealth.ALIVE)
                .setDeadline(0)
                .setDraining(false)
                .setEvictAt(0)
                .setSlots(new ArrayList<>())
                .build();
    }

    private static SlotRow unknown(CellRow cell) {
        return SlotRow.newBuilder()
                .setState(SlotState.UNKNOWN)
                .setVersion(cell.getVersionFloor())
                .setToken(cell.getTokenFloor())
                .setDeadline(0)
                .setSession(null)
                .setReady(false)
                .build();
    }
}
