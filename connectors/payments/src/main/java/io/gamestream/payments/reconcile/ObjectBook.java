package io.gamestream.payments.reconcile;

import io.gamestream.payments.psp.BalanceMove;
import io.gamestream.payments.reconcile.Claims.Claim;
import io.gamestream.schemas.payments.LedgerPosting;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All that the three sides have of one object of the PSP: an intent, a refund, a dispute. */
final class ObjectBook {

    private static final String CLEARING = "psp_clearing";

    private final String id;
    private final List<BalanceMove> moves = new ArrayList<>();
    private final List<LedgerPosting> postings = new ArrayList<>();
    private @Nullable Claim claim;

    ObjectBook(String id) {
        this.id = id;
    }

    void add(BalanceMove move) {
        moves.add(move);
    }

    void add(LedgerPosting posting) {
        postings.add(posting);
    }

    void claim(Claim found) {
        claim = found;
    }

    String id() {
        return id;
    }

    @Nullable
    Claim claim() {
        return claim;
    }

    boolean hasMoves() {
        return !moves.isEmpty();
    }

    boolean hasPostings() {
        return !postings.isEmpty();
    }

    /** Whether something of it happened within the window. */
    boolean isIn(Books.Window window) {
        return moves.stream().anyMatch(move -> window.contains(move.at()))
                || postings.stream().anyMatch(posting -> window.contains(posting.getAt()));
    }

    long movedMinor() {
        return moves.stream().mapToLong(BalanceMove::amountMinor).sum();
    }

    long postedMinor() {
        return postings.stream().mapToLong(ObjectBook::clearing).sum();
    }

    Set<String> currencies() {
        Set<String> all = new TreeSet<>();
        moves.forEach(move -> all.add(move.currency()));
        postings.forEach(posting -> all.add(posting.getCurrency()));
        return all;
    }

    String pspCurrency() {
        return moves.isEmpty() ? "" : moves.get(0).currency();
    }

    String currency() {
        return postings.isEmpty() ? pspCurrency() : postings.get(0).getCurrency();
    }

    @Nullable
    String orderId() {
        return Stream.concat(
                        postings.stream().map(LedgerPosting::getOrderId),
                        Stream.concat(
                                Stream.ofNullable(claim).map(Claim::orderId),
                                moves.stream().flatMap(move -> Stream.ofNullable(move.orderId()))))
                .findFirst()
                .orElse(null);
    }

    /** When its money moved last; the journal's own time is that of whatever happened to the order last. */
    Instant newest() {
        return Stream.concat(
                        moves.stream().map(BalanceMove::at), postings.stream().map(LedgerPosting::getAt))
                .max(Instant::compareTo)
                .orElse(claim == null ? Instant.EPOCH : claim.at());
    }

    /** What a posting has done to the account that stands for the PSP's balance. */
    static long clearing(LedgerPosting posting) {
        return posting.getLegs().stream()
                .filter(leg -> leg.getAccount().equals(CLEARING))
                .mapToLong(leg -> leg.getAmountMinor())
                .sum();
    }
}
