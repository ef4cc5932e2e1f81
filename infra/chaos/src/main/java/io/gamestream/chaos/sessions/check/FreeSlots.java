package io.gamestream.chaos.sessions.check;

import io.gamestream.schemas.catalog.GpuClass;
import io.gamestream.schemas.internal.sessions.HostRow;
import io.gamestream.schemas.internal.sessions.SlotRow;
import io.gamestream.schemas.internal.sessions.TicketRow;
import io.gamestream.schemas.sessions.HostHealth;
import io.gamestream.schemas.sessions.SlotState;
import io.gamestream.topology.session.Cell;
import io.gamestream.topology.session.CellPolicy;
import io.gamestream.topology.session.PolicyJson;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** D7: whether somebody waits in a cell for what is free there, by its rows and the policy's words. */
final class FreeSlots {

    private static final Comparator<TicketRow> LINE = Comparator.comparing((TicketRow ticket) -> !ticket.getRecovery())
            .thenComparingLong(TicketRow::getVirtualStart)
            .thenComparing(TicketRow::getTicketId);

    private final Cell cell;
    private final Findings findings;
    private String policyText = "";
    private double homeReserve;
    private long partyPatienceMs;

    FreeSlots(Cell cell, Findings findings) {
        this.cell = cell;
        this.findings = findings;
    }

    /** After each record. */
    void look() {
        List<TicketRow> waiting = cell.ticketRows().stream()
                // Whose session may still run elsewhere waits for that to end.
                .filter(ticket -> ticket.getWaits() && ticket.getHold() == null)
                .sorted(LINE)
                .toList();
        if (waiting.isEmpty() || !cell.row().getHalted().isEmpty()) {
            return;
        }
        readPolicy();
        Map<GpuClass, Integer> usable = new EnumMap<>(GpuClass.class);
        Map<GpuClass, Integer> free = new EnumMap<>(GpuClass.class);
        for (HostRow host : cell.hostRows()) {
            if (host.getHealth() == HostHealth.ALIVE && !host.getDraining()) {
                usable.merge(host.getGpuClass(), count(host, false), Integer::sum);
                free.merge(host.getGpuClass(), count(host, true), Integer::sum);
            }
        }
        for (GpuClass gpu : GpuClass.values()) {
            line(
                    waiting.stream()
                            .filter(ticket -> ticket.getGpuClass() == gpu)
                            .toList(),
                    usable.getOrDefault(gpu, 0),
                    free.getOrDefault(gpu, 0));
        }
    }

    /** Whoever fits must not wait, but behind a party that the line waits for. */
    private void line(List<TicketRow> line, int usable, int free) {
        int reserve = (int) (usable * homeReserve);
        for (TicketRow ticket : line) {
            boolean home = ticket.getSessions().get(0).getHome();
            int size = ticket.getSessions().size();
            int allowed = free - (home ? 0 : reserve);
            if (size <= allowed) {
                findings.add(
                        Gate.D7,
                        ticket.getTicketId(),
                        "waits in " + cell.id() + " for " + size + " x " + ticket.getGpuClass() + ", and " + allowed
                                + " are free for it");
                return;
            }
            if (size > 1 && cell.row().getClockMs() - ticket.getQueuedAt() > partyPatienceMs) {
                return;
            }
        }
    }

    private void readPolicy() {
        if (!policyText.equals(cell.policyText())) {
            policyText = cell.policyText();
            CellPolicy policy = PolicyJson.read(policyText);
            homeReserve = policy.homeReserve();
            partyPatienceMs = policy.partyPatience().toMillis();
        }
    }

    private static int count(HostRow host, boolean freeOnly) {
        int count = 0;
        for (SlotRow slot : host.getSlots()) {
            boolean there = slot.getState() != SlotState.UNKNOWN;
            count += there && (!freeOnly || slot.getState() == SlotState.FREE) ? 1 : 0;
        }
        return count;
    }
}
