package io.gamestream.topology.session;

import io.gamestream.schemas.internal.sessions.HostRow;
import io.gamestream.schemas.internal.sessions.SessionRow;
import io.gamestream.schemas.internal.sessions.SlotRow;
import io.gamestream.schemas.sessions.CellRecord;
import io.gamestream.schemas.sessions.HostReport;
import io.gamestream.schemas.sessions.PolicySet;
import io.gamestream.schemas.sessions.SlotEvent;
import io.gamestream.schemas.sessions.SlotPhase;
import io.gamestream.schemas.sessions.SlotReport;
import io.gamestream.schemas.sessions.SlotState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * The same requests, hosts and time under another policy. What hosts said of their slots in the log belongs to the grants of
 * then; here each session holds its slot for as long as it did in the log, wherever it is put. The gate isn't simulated: a
 * ticket that only this policy hands back, or doesn't, comes again as it did in the log.
 */
public final class WhatIf {

    /** What a simulated host will say. */
    private record Word(long at, long order, String hostId, int slot, long token, SlotPhase phase) {}

    /** A simulated host: the last report of its boot, with the slots as they are here. */
    private static final class Host {

        private final HostReport template;
        private final List<SlotReport> slots = new ArrayList<>();
        private long seq;

        private Host(HostReport template) {
            this.template = template;
            template.getSlots().forEach(slot -> slots.add(slot(SlotPhase.IDLE, 0)));
        }
    }

    private final Cell cell;
    private final String policy;
    private final HoldingTimes times;
    private final long from;
    private final PlacementStats stats = new PlacementStats();
    private final Map<String, Host> hosts = new HashMap<>();
    private final PriorityQueue<Word> words =
            new PriorityQueue<>(Comparator.comparingLong(Word::at).thenComparingLong(Word::order));
    private long order;

    /** @param start the cell as it was before the first record that will be added; it is this run's from now on */
    WhatIf(Cell start, CellPolicy policy, HoldingTimes times, long from) {
        this.cell = start;
        this.policy = PolicyJson.write(policy);
        this.times = times;
        this.from = from;
    }

    /** What runs on the hosts of the cell runs on, as long as it did; the cell decides by the other policy. */
    void goOn(long now) {
        cell.setPolicy(policy);
        for (HostRow row : cell.hostRows()) {
            Host host = new Host(report(row));
            host.seq = row.getLastSeq();
            hosts.put(row.getHostId(), host);
            for (int i = 0; i < row.getSlots().size(); i++) {
                goOn(row.getHostId(), host, i, row.getSlots().get(i), now);
            }
        }
    }

    private void goOn(String hostId, Host host, int number, SlotRow slot, long now) {
        @Nullable SessionRow session = slot.getSession();
        if (session != null) {
            host.slots.set(number, slot(SlotPhase.RUNNING, slot.getToken()));
            later(times.endsAt(session.getSessionId(), now), hostId, number, slot.getToken(), SlotPhase.CLEANING);
        } else if (slot.getState() == SlotState.CLEANING) {
            host.slots.set(number, slot(SlotPhase.CLEANING, slot.getToken()));
            later(now + times.cleaning(), hostId, number, slot.getToken(), SlotPhase.IDLE);
        } else {
            host.slots.set(number, slot(SlotPhase.IDLE, slot.getToken()));
        }
    }

    /** The next record of the log. */
    void add(CellRecord record) {
        while (!words.isEmpty() && words.peek().at() <= record.getAt()) {
            say(words.poll());
        }
        if (record.getBody() instanceof HostReport report) {
            boots(record, report);
        } else if (record.getBody() instanceof PolicySet) {
            fold(with(record, PolicySet.newBuilder().setPolicy(policy).build()));
        } else {
            fold(record);
        }
    }

    PlacementStats.Summary summary() {
        return stats.summary();
    }

    private void boots(CellRecord record, HostReport report) {
        @Nullable Host known = hosts.get(report.getHostId());
        if (known == null || !known.template.getBootId().equals(report.getBootId())) {
            hosts.put(report.getHostId(), new Host(report));
            report(record.getAt(), report.getHostId());
        }
    }

    private void say(Word word) {
        @Nullable Host host = hosts.get(word.hostId());
        if (host == null) {
            return;
        }
        SlotReport now = host.slots.get(word.slot());
        boolean begins = word.phase() == SlotPhase.RUNNING && word.token() > now.getToken();
        if (begins || (word.phase() != SlotPhase.RUNNING && word.token() == now.getToken())) {
            host.slots.set(word.slot(), slot(word.phase(), word.token()));
            report(word.at(), word.hostId());
        }
    }

    private void report(long at, String hostId) {
        Host host = hosts.get(hostId);
        if (host == null) {
            return;
        }
        fold(CellRecord.newBuilder()
                .setCellId(cell.id())
                .setAt(at)
                .setBody(HostReport.newBuilder(host.template)
                        .setSeq(++host.seq)
                        .setSlots(new ArrayList<>(host.slots))
                        .build())
                .build());
    }

    private void fold(CellRecord record) {
        CellDecision decision;
        try {
            decision = CellMachine.decide(cell, record);
        } catch (BadSessionRecordException e) {
            // A dead letter of the log.
            return;
        }
        if (record.getAt() >= from) {
            stats.add(record, decision);
        }
        decision.slotEvents().forEach(this::answer);
    }

    /** What a host does about a slot, and when. */
    private void answer(SlotEvent event) {
        if (event.getTo() == SlotState.RESERVED && event.getSessionId() != null) {
            later(event, 0, SlotPhase.RUNNING);
            later(event, times.hold(event.getSessionId()), SlotPhase.CLEANING);
        } else if (event.getTo() == SlotState.CLEANING) {
            later(event, times.cleaning(), SlotPhase.IDLE);
        }
    }

    private void later(SlotEvent event, long ms, SlotPhase phase) {
        later(event.getAt() + ms, event.getHostId(), event.getSlot(), event.getToken(), phase);
    }

    private void later(long at, String hostId, int slot, long token, SlotPhase phase) {
        words.add(new Word(at, order++, hostId, slot, token, phase));
    }

    private static HostReport report(HostRow row) {
        return HostReport.newBuilder()
                .setHostId(row.getHostId())
                .setBootId(row.getBootId())
                .setSeq(row.getLastSeq())
                .setAddress(row.getAddress())
                .setGpuClass(row.getGpuClass())
                .setSlots(row.getSlots().stream()
                        .map(slot -> slot(SlotPhase.IDLE, slot.getToken()))
                        .toList())
                .build();
    }

    private static CellRecord with(CellRecord record, Object body) {
        return CellRecord.newBuilder(record).setBody(body).build();
    }

    private static SlotReport slot(SlotPhase phase, long token) {
        return SlotReport.newBuilder().setPhase(phase).setToken(token).build();
    }
}
