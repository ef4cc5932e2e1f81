package io.gamestream.topology.session;

import io.gamestream.runtime.http.HttpSettings;
import io.gamestream.schemas.SessionTopics;
import io.gamestream.topology.session.CellPolicy.Packing;
import io.gamestream.topology.streams.StreamsTuning;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Settings {@code sessions}.
 *
 * @param http the operations endpoints
 * @param allocation of the application {@code sessions}: gate and cells
 * @param detection of the application {@code sessions-detector}
 * @param tick how often cells are told the time
 * @param checkpointEvery how often a cell is kept whole, for replays to start from
 * @param cells all of them
 * @param packings by cell, where it isn't the policy's
 * @param policy of the cells
 * @param gate of the gate
 * @param detector of the detector
 */
public record SessionConfig(
        HttpSettings http,
        StreamsTuning allocation,
        StreamsTuning detection,
        Duration tick,
        Duration checkpointEvery,
        List<CellSettings> cells,
        Map<String, Packing> packings,
        CellPolicy policy,
        GatePolicy gate,
        WatchPolicy detector) {

    public SessionConfig {
        cells = List.copyOf(cells);
        packings = Map.copyOf(packings);
        if (tick.toMillis() < 1 || tick.compareTo(policy.longestTick()) > 0) {
            throw new IllegalArgumentException("tick: " + tick + " (expected: > 0, and at most policy.longest-tick, "
                    + policy.longestTick() + "; else the cells' clocks fall behind)");
        }
        if (checkpointEvery.compareTo(tick) < 0) {
            throw new IllegalArgumentException(
                    "checkpoint-every: " + checkpointEvery + " (expected: at least tick, " + tick + ")");
        }
        Set<String> ids = new HashSet<>();
        for (CellSettings cell : cells) {
            if (!ids.add(cell.id())) {
                throw new IllegalArgumentException("cells: " + cell.id() + " is there twice");
            }
            if (cell.partition() >= SessionTopics.CELL_INBOX.partitions()) {
                throw new IllegalArgumentException("cells: " + cell.id() + " is on partition " + cell.partition()
                        + " (expected: less than " + SessionTopics.CELL_INBOX.partitions() + ")");
            }
        }
        if (cells.isEmpty()) {
            throw new IllegalArgumentException("cells: none (expected: one or more)");
        }
        if (!ids.containsAll(packings.keySet())) {
            throw new IllegalArgumentException("packings: " + packings.keySet() + " (expected: ids of cells)");
        }
        if (detector.reportEvery().compareTo(policy.lease()) >= 0) {
            throw new IllegalArgumentException("detector.report-every: " + detector.reportEvery()
                    + " (expected: less than policy.lease, " + policy.lease()
                    + "; what it says again must come before a host is given up by a word that came late)");
        }
        Duration late = Objects.requireNonNull(SessionTopics.HOST_SIGNALS.retention());
        if (!policy.forgetHostsAfter().isZero() && policy.forgetHostsAfter().compareTo(late) < 0) {
            throw new IllegalArgumentException("policy.forget-hosts-after: " + policy.forgetHostsAfter()
                    + " (expected: 0s, which is never, or at least " + late
                    + "; that late words of an earlier boot of the host may come)");
        }
        if (gate.forgetAfter().compareTo(policy.remember()) < 0) {
            throw new IllegalArgumentException("gate.forget-after: " + gate.forgetAfter()
                    + " (expected: at least policy.remember, " + policy.remember()
                    + "; until then its cell knows a ticket that has left)");
        }
        if (detector.forgetAfter().compareTo(policy.suspicionLimit()) < 0) {
            throw new IllegalArgumentException("detector.forget-after: " + detector.forgetAfter()
                    + " (expected: at least policy.suspicion-limit, " + policy.suspicionLimit()
                    + "; until then its cell has to hear of it)");
        }
        if (detector.suspectAfter().compareTo(policy.lease()) >= 0) {
            throw new IllegalArgumentException("detector.suspect-after: " + detector.suspectAfter()
                    + " (expected: less than policy.lease, " + policy.lease() + ")");
        }
    }

    /** The cell of that id. */
    public Optional<CellSettings> cell(String id) {
        return cells.stream().filter(cell -> cell.id().equals(id)).findFirst();
    }

    /** The policy of one cell. */
    public CellPolicy policyOf(CellSettings cell) {
        return policy.packed(packings.getOrDefault(cell.id(), policy.packing()));
    }

    /** The partition of a cell's inbox. */
    int partitionOf(String cellId) {
        return cell(cellId)
                .orElseThrow(
                        () -> new BadSessionRecordException("cell " + cellId + " is not in the settings (they have "
                                + cells.stream().map(CellSettings::id).toList() + ")"))
                .partition();
    }
}
