package io.gamestream.topology.session;

import io.gamestream.schemas.compatibility.CommittedSchemas;
import io.gamestream.schemas.internal.sessions.CellRow;
import io.gamestream.schemas.internal.sessions.HostRow;
import io.gamestream.schemas.internal.sessions.TicketRow;
import io.gamestream.schemas.sessions.CellCheckpoint;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.message.BinaryMessageDecoder;
import org.apache.avro.message.BinaryMessageEncoder;

/**
 * A cell as it was after a record of its inbox. It is kept in parts, since a cell of some thousand hosts is larger than Kafka
 * takes as one record.
 *
 * @param parts all of them, in their order
 */
record Checkpoint(List<CellCheckpoint> parts) {

    /** Of rows in one part: half of what brokers take as a record. */
    private static final int PART_BYTES = 512 * 1024;

    /** Before the schema's fingerprint, in Avro's single-object encoding. */
    private static final int MARKER_BYTES = 2;

    static {
        CommittedSchemas.teachState(HostRow.getDecoder());
        CommittedSchemas.teachState(TicketRow.getDecoder());
        CommittedSchemas.teachState(CellRow.getDecoder());
    }

    Checkpoint {
        parts = List.copyOf(parts);
        if (parts.isEmpty() || parts.size() != parts.get(0).getParts()) {
            throw new IllegalArgumentException("parts: " + parts.size() + " (expected: all of one checkpoint)");
        }
    }

    /**
     * The cell as it is now.
     *
     * @param offset of the inbox record that was folded last
     * @param at of that record
     */
    static Checkpoint of(Cell cell, long offset, long at) {
        List<CellCheckpoint> parts = new ArrayList<>();
        CellCheckpoint part = part(cell, offset, at, 0);
        part.setPolicy(cell.policyText());
        part.setCell(bytes(CellRow.getEncoder(), cell.row()));
        parts.add(part);
        int size = 0;
        for (HostRow host : cell.hostRows()) {
            ByteBuffer row = bytes(HostRow.getEncoder(), host);
            if (size > 0 && size + row.remaining() > PART_BYTES) {
                part = part(cell, offset, at, parts.size());
                parts.add(part);
                size = 0;
            }
            part.getHosts().add(row);
            size += row.remaining();
        }
        for (TicketRow ticket : tickets(cell)) {
            ByteBuffer row = bytes(TicketRow.getEncoder(), ticket);
            if (size > 0 && size + row.remaining() > PART_BYTES) {
                part = part(cell, offset, at, parts.size());
                parts.add(part);
                size = 0;
            }
            part.getTickets().add(row);
            size += row.remaining();
        }
        String hash = CellHash.of(cell);
        parts.forEach(each -> {
            each.setHash(hash);
            each.setParts(parts.size());
        });
        return new Checkpoint(parts);
    }

    /** Of the last inbox record that it has. */
    long offset() {
        return parts.get(0).getOffset();
    }

    /** Of that record, ms since 1970. */
    long at() {
        return parts.get(0).getAt();
    }

    String hash() {
        return parts.get(0).getHash();
    }

    /**
     * Whether its rows are as this version writes them. The hash is of rows as they are written: of older ones it can't be made
     * again.
     */
    boolean isOfToday() {
        return isOfToday(CellCheckpoint::getHosts, HostRow.getClassSchema())
                && isOfToday(CellCheckpoint::getTickets, TicketRow.getClassSchema())
                && isOfToday(
                        part -> part.getCell() == null ? List.of() : List.of(part.getCell()), CellRow.getClassSchema());
    }

    /** Whoever writes a checkpoint writes all of its rows, so that the first one tells. */
    private boolean isOfToday(Function<CellCheckpoint, List<ByteBuffer>> ofPart, Schema today) {
        long fingerprint = SchemaNormalization.parsingFingerprint64(today);
        return parts.stream()
                .flatMap(part -> ofPart.apply(part).stream())
                .limit(1)
                .allMatch(row -> row.duplicate().order(ByteOrder.LITTLE_ENDIAN).getLong(row.position() + MARKER_BYTES)
                        == fingerprint);
    }

    /**
     * The cell, anew for each caller.
     *
     * @throws IllegalStateException where it isn't what was kept
     */
    Cell load(String region) {
        CellCheckpoint first = parts.get(0);
        Cell cell = Cell.load(
                region,
                row(CellRow.getDecoder(), Objects.requireNonNull(first.getCell())),
                first.getPolicy(),
                rows(HostRow.getDecoder(), CellCheckpoint::getHosts),
                rows(TicketRow.getDecoder(), CellCheckpoint::getTickets));
        String now = CellHash.of(cell);
        if (isOfToday() && !now.equals(hash())) {
            throw new IllegalStateException("the checkpoint at offset " + offset() + " of the inbox has the hash " + now
                    + " (expected: " + hash() + ")");
        }
        return cell;
    }

    /** A cell's tickets in the order of their ids. */
    static List<TicketRow> tickets(Cell cell) {
        return cell.ticketRows().stream()
                .sorted(Comparator.comparing(TicketRow::getTicketId))
                .toList();
    }

    private <R> List<R> rows(BinaryMessageDecoder<R> decoder, Function<CellCheckpoint, List<ByteBuffer>> ofPart) {
        return parts.stream()
                .flatMap(part -> ofPart.apply(part).stream())
                .map(bytes -> row(decoder, bytes))
                .toList();
    }

    private static CellCheckpoint part(Cell cell, long offset, long at, int number) {
        return CellCheckpoint.newBuilder()
                .setCellId(cell.id())
                .setOffset(offset)
                .setAt(at)
                .setHash("")
                .setPart(number)
                .setParts(0)
                .setPolicy("")
                .setHosts(new ArrayList<>())
                .setTickets(new ArrayList<>())
                .build();
    }

    private static <R> ByteBuffer bytes(BinaryMessageEncoder<R> encoder, R row) {
        try {
            return encoder.encode(row);
        } catch (IOException e) {
            throw new IllegalStateException("writing to memory", e);
        }
    }

    private static <R> R row(BinaryMessageDecoder<R> decoder, ByteBuffer bytes) {
        try {
            return decoder.decode(bytes.duplicate());
        } catch (IOException | AvroRuntimeException e) {
            throw new IllegalStateException("a row of a checkpoint that this version can't read", e);
        }
    }
}
