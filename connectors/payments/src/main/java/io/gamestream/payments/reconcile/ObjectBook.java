package io.gamestream.payments.reconcile;

import io.gamestream.payments.psp.BalanceMove;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All that the three sides have of one object of the PSP: an intent, a refund, a dispute. */
final class ObjectBook {

    private final String id;
    private final List<BalanceMove> moves = new ArrayList<>(1);
    private final List<BalanceMove> again = new ArrayList<>(0);
    private final List<Posting> postings = new ArrayList<>(1);
    private @Nullable Claim claim;

    ObjectBook(String id) {
        this.id = id;
    }

    void add(BalanceMove move) {
        moves.add(move);
    }

    /** A second charge, which is reported by itself. */
    void addAgain(BalanceMove move) {
        moves.add(move);
        again.add(move);
    }

    void add(Posting posting) {
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

    boolean isIn(Scope scope) {
        return moves.stream().anyMatch(move -> scope.contains(id, move.at()))
                || postings.stream().anyMatch(posting -> scope.contains(id, posting.at()));
    }

    boolean hasSecondCharges() {
        return !again.isEmpty();
    }

    /** What has moved, without second charges that the ledger doesn't know of. */
    long movedMinor() {
        long all = sum(moves);
        boolean known = again.size() == moves.size() ? hasPostings() : postedMinor() == all;
        return known ? all : all - sum(again);
    }

    private static long sum(List<BalanceMove> some) {
        return some.stream().mapToLong(BalanceMove::amountMinor).sum();
    }

    long postedMinor() {
        return postings.stream().mapToLong(Posting::clearingMinor).sum();
    }

    Set<String> currencies() {
        Set<String> all = new TreeSet<>();
        moves.forEach(move -> all.add(move.currency()));
        postings.forEach(posting -> all.add(posting.currency()));
        return all;
    }

    String pspCurrency() {
        return moves.isEmpty() ? "" : moves.get(0).currency();
    }

    String currency() {
        return postings.isEmpty() ? pspCurrency() : postings.get(0).currency();
    }

    @Nullable
    String orderId() {
        return Stream.concat(
                        postings.stream().map(Posting::orderId),
                        Stream.concat(
                                Stream.ofNullable(claim).map(Claim::orderId),
                                moves.stream().flatMap(move -> Stream.ofNullable(move.orderId()))))
                .findFirst()
                .orElse(null);
    }

    /** When its money moved last; the journal's own time is that of whatever happened to the order last. */
    Instant newest() {
        return Stream.concat(
                        moves.stream().map(BalanceMove::at), postings.stream().map(Posting::at))
                .max(Instant::compareTo)
                .orElse(claim == null ? Instant.EPOCH : claim.at());
    }
}
