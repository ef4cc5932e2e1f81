package io.gamestream.payments.reconcile;

import io.gamestream.payments.psp.BalanceMove;
import io.gamestream.payments.psp.DisputeState;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How rows are written to a {@link Slices slice}: a byte for the kind, then the fields. Read by the run that wrote them, only. */
final class SliceRows {

    static final byte MOVE = 1;
    static final byte FEE = 2;
    static final byte CHARGE = 3;
    private static final byte DISPUTE = 4;
    private static final byte POSTING = 5;
    private static final byte CLAIM = 6;
    private static final byte ORDER = 7;

    private SliceRows() {}

    /** Is given each row, a {@link BalanceMove}, {@link DisputeState}, {@link Posting}, {@link Claim} or the id of an order. */
    interface Reader {

        void row(byte kind, Object row);
    }

    static void write(DataOutputStream out, byte kind, BalanceMove move) throws IOException {
        out.writeByte(kind);
        out.writeUTF(move.id());
        out.writeUTF(move.kind().name());
        out.writeUTF(move.source());
        maybe(out, move.intentId());
        maybe(out, move.orderId());
        out.writeLong(move.amountMinor());
        out.writeLong(move.feeMinor());
        out.writeUTF(move.currency());
        moment(out, move.at());
    }

    static void write(DataOutputStream out, DisputeState dispute) throws IOException {
        out.writeByte(DISPUTE);
        out.writeUTF(dispute.id());
        maybe(out, dispute.orderId());
        out.writeUTF(dispute.status());
        out.writeLong(dispute.amountMinor());
        out.writeUTF(dispute.currency());
        moment(out, dispute.createdAt());
    }

    static void write(DataOutputStream out, Posting posting) throws IOException {
        out.writeByte(POSTING);
        out.writeUTF(posting.id());
        out.writeUTF(posting.orderId());
        out.writeBoolean(posting.isFee());
        out.writeUTF(posting.object());
        out.writeUTF(posting.currency());
        out.writeLong(posting.clearingMinor());
        moment(out, posting.at());
    }

    static void write(DataOutputStream out, Claim claim) throws IOException {
        out.writeByte(CLAIM);
        out.writeUTF(claim.object());
        out.writeUTF(claim.orderId());
        out.writeLong(claim.amountMinor());
        out.writeLong(claim.backMinor());
        out.writeUTF(claim.status());
        moment(out, claim.placedAt());
        moment(out, claim.at());
    }

    static void write(DataOutputStream out, String orderId) throws IOException {
        out.writeByte(ORDER);
        out.writeUTF(orderId);
    }

    /** All rows, in the order in which they were written. */
    static void read(DataInputStream in, Reader reader) throws IOException {
        for (int kind = in.read(); kind >= 0; kind = in.read()) {
            reader.row((byte) kind, row((byte) kind, in));
        }
    }

    private static Object row(byte kind, DataInputStream in) throws IOException {
        return switch (kind) {
            case MOVE, FEE, CHARGE ->
                new BalanceMove(
                        in.readUTF(),
                        BalanceMove.Kind.valueOf(in.readUTF()),
                        in.readUTF(),
                        maybe(in),
                        maybe(in),
                        in.readLong(),
                        in.readLong(),
                        in.readUTF(),
                        moment(in));
            case DISPUTE ->
                new DisputeState(in.readUTF(), maybe(in), in.readUTF(), in.readLong(), in.readUTF(), moment(in));
            case POSTING ->
                new Posting(
                        in.readUTF(),
                        in.readUTF(),
                        in.readBoolean(),
                        in.readUTF(),
                        in.readUTF(),
                        in.readLong(),
                        moment(in));
            case CLAIM ->
                new Claim(
                        in.readUTF(), in.readUTF(), in.readLong(), in.readLong(), in.readUTF(), moment(in), moment(in));
            case ORDER -> in.readUTF();
            default -> throw new IOException("kind of row: " + kind + " (expected: 1 to 7)");
        };
    }

    private static void maybe(DataOutputStream out, @Nullable String text) throws IOException {
        out.writeBoolean(text != null);
        if (text != null) {
            out.writeUTF(text);
        }
    }

    private static @Nullable String maybe(DataInputStream in) throws IOException {
        return in.readBoolean() ? in.readUTF() : null;
    }

    private static void moment(DataOutputStream out, Instant moment) throws IOException {
        out.writeLong(moment.getEpochSecond());
        out.writeInt(moment.getNano());
    }

    private static Instant moment(DataInputStream in) throws IOException {
        return Instant.ofEpochSecond(in.readLong(), in.readInt());
    }
}
