package io.gamestream.bench.quality;

import io.gamestream.schemas.catalog.GpuClass;
import io.gamestream.schemas.sessions.Assignment;
import io.gamestream.schemas.sessions.CellCapacity;
import io.gamestream.schemas.sessions.CellRecord;
import io.gamestream.schemas.sessions.HostReport;
import io.gamestream.schemas.sessions.PolicySet;
import io.gamestream.schemas.sessions.SlotPhase;
import io.gamestream.schemas.sessions.SlotReport;
import io.gamestream.schemas.sessions.Tick;
import io.gamestream.topology.session.Cell;
import io.gamestream.topology.session.CellDecision;
import io.gamestream.topology.session.CellMachine;
import io.gamestream.topology.session.CellPolicy;
import io.gamestream.topology.session.PolicyJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A site as a cell of ours, with hosts that do at once what they are told. */
final class OurCell {

    /** A host as it reports itself. */
    private static final class Host {

        private final List<SlotReport> slots = new ArrayList<>();
        private long seq;
    }

    private final Cell cell;
    private final List<Host> hosts = new ArrayList<>();
    private @Nullable CellCapacity capacity;

    OurCell(String region, int slots, int slotsPerHost, CellPolicy policy, long now) {
        this.cell = Cell.empty(region + "-1", region);
        fold(PolicySet.newBuilder().setPolicy(PolicyJson.write(policy)).build(), now);
        fold(new Tick(), now);
        for (int host = 0; host < slots / slotsPerHost; host++) {
            Host added = new Host();
            for (int slot = 0; slot < slotsPerHost; slot++) {
                added.slots.add(slot(SlotPhase.IDLE, 0));
            }
            hosts.add(added);
            report(host, now);
        }
        tick(now);
    }

    String id() {
        return cell.id();
    }

    /** What it told at its last tick. */
    CellCapacity capacity() {
        return Objects.requireNonNull(capacity);
    }

    /** Folds a record of the gate. */
    List<Assignment> fold(CellRecord record) {
        return CellMachine.decide(cell, record).assignments();
    }

    List<Assignment> tick(long now) {
        CellDecision decision = fold(new Tick(), now);
        capacity = decision.capacity();
        return decision.assignments();
    }

    /** The host of a grant says what has become of it. */
    List<Assignment> say(Assignment granted, SlotPhase phase, long now) {
        int host = Integer.parseInt(Objects.requireNonNull(granted.getHostId()).substring(2));
        hosts.get(host).slots.set(granted.getSlot(), slot(phase, granted.getToken()));
        return report(host, now);
    }

    private List<Assignment> report(int number, long now) {
        Host host = hosts.get(number);
        return fold(
                        HostReport.newBuilder()
                                .setHostId("h-" + number)
                                .setBootId("boot-1")
                                .setSeq(++host.seq)
                                .setAddress("10.0.0.1:7000")
                                .setGpuClass(GpuClass.STANDARD)
                                .setSlots(List.copyOf(host.slots))
                                .build(),
                        now)
                .assignments();
    }

    private CellDecision fold(Object body, long now) {
        return CellMachine.decide(
                cell,
                CellRecord.newBuilder()
                        .setCellId(cell.id())
                        .setAt(now)
                        .setBody(body)
                        .build());
    }

    private static SlotReport slot(SlotPhase phase, long token) {
        return SlotReport.newBuilder().setPhase(phase).setToken(token).build();
    }
}
