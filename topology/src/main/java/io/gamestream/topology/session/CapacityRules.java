package io.gamestream.topology.session;

import io.gamestream.schemas.catalog.GpuClass;
import io.gamestream.schemas.sessions.CellCapacity;
import io.gamestream.schemas.sessions.ClassCapacity;
import java.util.ArrayList;
import java.util.List;

/** What a cell tells others of itself; the planner's price included. Pure. */
final class CapacityRules {

    /** Below this share of free slots a cell begins to cost: players who can go elsewhere leave it to those who can't. */
    private static final double SCARCE = 0.15;

    /** What the last slot costs. A queue costs as much again for each slot's worth of players. */
    private static final int LAST_SLOT_MS = 30;

    private static final int DEAREST_MS = 500;

    private CapacityRules() {}

    static CellCapacity capacity(Cell cell, long at) {
        int ready = 0;
        int drainable = 0;
        for (CellHost host : cell.hosts().all()) {
            ready += host.isReady() ? 1 : 0;
            drainable += host.isReady() && !host.hasSessions() ? 1 : 0;
        }
        List<ClassCapacity> classes = new ArrayList<>();
        for (GpuClass gpu : GpuClass.values()) {
            if (cell.hosts().count(gpu).slots() > 0 || cell.tickets().players(gpu) > 0) {
                classes.add(ofClass(cell, gpu));
            }
        }
        return CellCapacity.newBuilder()
                .setCellId(cell.id())
                .setRegion(cell.region())
                .setAt(at)
                .setHosts(cell.hosts().all().size())
                .setHostsReady(ready)
                .setDrainableHosts(drainable)
                .setHalted(cell.isHalted() ? cell.row().getHalted() : null)
                .setEtaErrorMedianPercent(EtaRules.medianError(cell.row()))
                .setLeaseMs(lease(cell))
                .setClasses(classes)
                .build();
    }

    private static long lease(Cell cell) {
        return cell.policy() == null ? 0 : cell.policy().lease().toMillis();
    }

    /** What the gate adds to the RTT of a cell. */
    static int price(int usable, int free, int queued) {
        if (usable == 0) {
            return DEAREST_MS;
        }
        double scarcity = 1 - (double) free / usable / SCARCE;
        double price = LAST_SLOT_MS * Math.max(0, scarcity) + (double) LAST_SLOT_MS * queued / usable;
        return (int) Math.min(DEAREST_MS, Math.round(price));
    }

    private static ClassCapacity ofClass(Cell cell, GpuClass gpu) {
        ClassCount count = cell.hosts().count(gpu);
        int queued = cell.tickets().players(gpu);
        return ClassCapacity.newBuilder()
                .setGpuClass(gpu)
                .setSlots(count.slots())
                .setUsable(count.usable())
                .setFree(count.free())
                .setReserve(cell.reserve(gpu))
                .setLive(count.live())
                .setPlaying(count.playing())
                .setQueued(queued)
                .setReleasesPerMinute(EtaRules.releasesPerMinute(cell.row(), gpu))
                .setPriceMs(price(count.usable(), count.free(), queued))
                .build();
    }
}
