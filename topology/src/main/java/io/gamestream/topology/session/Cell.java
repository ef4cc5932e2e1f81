package io.gamestream.topology.session;

import io.gamestream.schemas.catalog.GpuClass;
import io.gamestream.schemas.internal.sessions.CellRow;
import io.gamestream.schemas.internal.sessions.HostRow;
import io.gamestream.schemas.internal.sessions.TicketRow;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A cell as it is: rows, and the indexes that are built from them. {@link CellMachine} folds records into it, in place; a cell
 * that is loaded from the rows decides as the one that wrote them.
 */
public final class Cell {

    private final String region;
    private final CellRow row;
    private final NavigableSet<Deadline> deadlines = new TreeSet<>();
    private final HostIndex hosts = new HostIndex(deadlines);
    private final TicketIndex tickets = new TicketIndex(deadlines);
    private @Nullable CellPolicy policy;
    private String policyText = "";

    private Cell(String region, CellRow row) {
        this.region = region;
        this.row = row;
    }

    /** A cell of which nothing is known. */
    public static Cell empty(String cellId, String region) {
        return new Cell(
                region,
                CellRow.newBuilder()
                        .setCellId(cellId)
                        .setClockMs(0)
                        .setLastTickAt(0)
                        .setHalted("")
                        .setReleases(EtaRules.noReleases())
                        .setBucket(0)
                        .setEtaErrors(new ArrayList<>())
                        .setEtaCount(0)
                        .setFormerLeaseMs(0)
                        .setFormerLeaseUntil(0)
                        .setTokenFloor(0)
                        .setVersionFloor(0)
                        .build());
    }

    /** A cell as its rows say. They are the cell's from now on. */
    public static Cell load(
            String region, CellRow row, String policy, Iterable<HostRow> hosts, Iterable<TicketRow> tickets) {
        Cell cell = new Cell(region, row);
        if (!policy.isEmpty()) {
            cell.setPolicy(policy);
        }
        hosts.forEach(cell.hosts::add);
        tickets.forEach(cell.tickets::add);
        return cell;
    }

    public String id() {
        return row.getCellId();
    }

    public String region() {
        return region;
    }

    public CellRow row() {
        return row;
    }

    /** The rows of its hosts, in the order of their ids. */
    public List<HostRow> hostRows() {
        return hosts.all().stream().map(CellHost::row).toList();
    }

    /** The rows of its tickets, in no order. */
    public List<TicketRow> ticketRows() {
        return List.copyOf(tickets.all());
    }

    /** The text of its policy, as the inbox had it; empty before the first one. */
    public String policyText() {
        return policyText;
    }

    HostIndex hosts() {
        return hosts;
    }

    TicketIndex tickets() {
        return tickets;
    }

    long clock() {
        return row.getClockMs();
    }

    boolean isHalted() {
        return !row.getHalted().isEmpty();
    }

    /** Nothing can be decided before there is one. */
    @Nullable
    CellPolicy policy() {
        return policy;
    }

    /**
     * Decides by this policy from now on.
     *
     * @throws IllegalArgumentException where the text isn't one
     */
    final CellPolicy setPolicy(String text) {
        CellPolicy next = PolicyJson.read(text);
        if (policy == null || policy.packing() != next.packing()) {
            hosts.order(next.packing());
        }
        policy = next;
        policyText = text;
        return next;
    }

    /** Takes the first deadline that has passed; null for none. */
    @Nullable
    Deadline due() {
        return deadlines.isEmpty() || deadlines.first().due() > clock() ? null : deadlines.first();
    }

    int deadlines() {
        return deadlines.size();
    }

    /** Whether that very deadline stands. */
    boolean has(Deadline deadline) {
        return deadlines.contains(deadline);
    }

    /** The last slots of a class, for players whose nearest cell this is. */
    int reserve(GpuClass gpu) {
        return policy == null ? 0 : (int) (hosts.count(gpu).usable() * policy.homeReserve());
    }
}
