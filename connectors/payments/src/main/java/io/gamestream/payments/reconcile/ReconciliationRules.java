package io.gamestream.payments.reconcile;

import io.gamestream.payments.psp.BalanceMove;
import io.gamestream.payments.psp.DisputeState;
import io.gamestream.schemas.payments.BreakKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The PSP's books against the ledger and the journal, object by object: each difference is reported once, under the name of what
 * is most wrong with it. Pure.
 */
final class ReconciliationRules {

    private final Books books;
    private final SecondCharges again;
    private final Scope scope;
    private final Map<String, ObjectBook> objects = new TreeMap<>();
    private final Map<String, BalanceMove> fees = new TreeMap<>();
    private final Map<String, List<Posting>> postedFees = new TreeMap<>();
    private final List<Difference> found = new ArrayList<>();
    private final Set<String> judged = new HashSet<>();

    private ReconciliationRules(Books books, SecondCharges again, Scope scope) {
        this.books = books;
        this.again = again;
        this.scope = scope;
    }

    /**
     * What differs, but the second charges.
     *
     * @param books all that the sides have of the objects in it
     * @param again found before, and reported: whether the ledger knows of them or not is no other difference
     */
    static Findings compare(Books books, SecondCharges again, Scope scope) {
        return new ReconciliationRules(books, again, scope).compare();
    }

    private Findings compare() {
        Map<String, BalanceMove> moves = new LinkedHashMap<>();
        books.moves().forEach(move -> moves.putIfAbsent(move.id(), move));
        moves.values().forEach(this::enter);
        books.fees().forEach(move -> fees.put(move.id(), move));
        onePerId().forEach(this::enter);
        books.claims().forEach(this::enter);
        objects.values().forEach(this::judge);
        judgeDisputes();
        Set<String> feeIds = new TreeSet<>(fees.keySet());
        feeIds.addAll(postedFees.keySet());
        feeIds.forEach(this::judgeFee);
        Set<String> differing = new HashSet<>();
        found.forEach(difference -> differing.add(difference.object()));
        objects.values().stream().filter(ObjectBook::hasSecondCharges).forEach(object -> differing.add(object.id()));
        return new Findings(
                found,
                judged,
                judged.stream().filter(id -> !differing.contains(id)).count(),
                moves.values().stream()
                        .filter(move -> scope.window().contains(move.at()))
                        .count(),
                books.ledger().stream()
                        .filter(posting -> scope.window().contains(posting.at()))
                        .count(),
                books.orders());
    }

    /** The ledger, without what was posted twice under one id; that is reported, once. */
    private List<Posting> onePerId() {
        Map<String, Posting> byId = new LinkedHashMap<>();
        Set<String> again = new HashSet<>();
        for (Posting posting : books.ledger()) {
            if (byId.putIfAbsent(posting.id(), posting) != null && again.add(posting.id())) {
                report(
                        BreakKind.DUPLICATE,
                        posting.object(),
                        posting.orderId(),
                        posting.id(),
                        "posted twice under one id",
                        "",
                        -posting.clearingMinor(),
                        posting.currency());
            }
        }
        return List.copyOf(byId.values());
    }

    private void enter(BalanceMove move) {
        if (move.kind() != BalanceMove.Kind.OTHER) {
            ObjectBook object = book(move.object());
            if (again.include(move)) {
                object.addAgain(move);
            } else {
                object.add(move);
            }
        }
    }

    private void enter(Posting posting) {
        if (posting.isFee()) {
            postedFees
                    .computeIfAbsent(posting.object(), id -> new ArrayList<>(1))
                    .add(posting);
        } else {
            book(posting.object()).add(posting);
        }
    }

    private void enter(String id, Claim claim) {
        ObjectBook object = objects.get(id);
        // Of an older order the money may have moved before anything that was read.
        boolean alone = claim.amountMinor() != 0 && scope.window().contains(claim.placedAt());
        if (object != null) {
            object.claim(claim);
        } else if (alone || scope.recheck().contains(id)) {
            book(id).claim(claim);
        }
    }

    private void judge(ObjectBook object) {
        @Nullable Claim claim = object.claim();
        boolean onlyClaimed = !object.hasMoves() && !object.hasPostings();
        if (!onlyClaimed && !object.isIn(scope)) {
            return;
        }
        judged.add(object.id());
        long moved = object.movedMinor();
        long posted = object.postedMinor();
        if (object.currencies().size() > 1) {
            report(BreakKind.CURRENCY, object, object.currency(), object.pspCurrency(), moved - posted);
        } else if (moved != posted) {
            BreakKind kind = !object.hasPostings()
                    ? BreakKind.MISSING_LOCAL
                    : object.hasMoves() ? BreakKind.AMOUNT : BreakKind.MISSING_PSP;
            report(settled(kind, object), object, Long.toString(posted), Long.toString(moved), moved - posted);
        } else if (again.objects().contains(object.id())) {
            // The journal tells of one charge of an order, and that there are others is reported.
            return;
        } else if (claim == null ? moved != 0 : !claim.isMetBy(moved, scope.readSince())) {
            String ours = claim == null ? "nothing in the journal" : claim.status() + " " + claim.amountMinor();
            report(
                    settled(BreakKind.STATUS, object),
                    object,
                    ours,
                    Long.toString(moved),
                    moved - (claim == null ? 0 : claim.amountMinor()));
        }
    }

    /** Nobody knows since when a dispute has its state: a difference is new until it was seen long enough. */
    private void judgeDisputes() {
        Set<String> told = new HashSet<>();
        found.forEach(difference -> told.add(difference.object()));
        for (DisputeState dispute : books.disputes()) {
            @Nullable Claim claim = books.claims().get(dispute.id());
            boolean agrees = claim != null && claim.status().equals(dispute.status());
            if (!scope.contains(dispute.id(), dispute.createdAt()) || told.contains(dispute.id())) {
                continue;
            }
            judged.add(dispute.id());
            if (!agrees) {
                @Nullable Instant since = scope.openSince().get(dispute.id());
                boolean isNew = since == null || scope.window().maySettle(since);
                report(
                        isNew ? BreakKind.TIMING : BreakKind.STATUS,
                        dispute.id(),
                        claim == null ? dispute.orderId() : claim.orderId(),
                        null,
                        claim == null ? "nothing in the journal" : claim.status(),
                        dispute.status(),
                        0,
                        dispute.currency());
            }
        }
    }

    private void judgeFee(String id) {
        @Nullable BalanceMove move = fees.get(id);
        List<Posting> postings = postedFees.getOrDefault(id, List.of());
        boolean inWindow = (move != null && scope.contains(id, move.at()))
                || postings.stream().anyMatch(posting -> scope.contains(id, posting.at()));
        if (!inWindow) {
            return;
        }
        judged.add(id);
        if (postings.isEmpty() && move != null && again.isUnposted(move)) {
            return;
        }
        long kept = move == null ? 0 : move.feeMinor();
        long posted = -postings.stream().mapToLong(Posting::clearingMinor).sum();
        if (kept == posted) {
            return;
        }
        @Nullable
        String orderId = postings.isEmpty()
                ? (move == null ? null : move.orderId())
                : postings.get(0).orderId();
        boolean young = (move != null && scope.window().maySettle(move.at()))
                || postings.stream().anyMatch(posting -> scope.window().maySettle(posting.at()));
        report(
                young ? BreakKind.TIMING : BreakKind.FEE,
                id,
                orderId,
                null,
                Long.toString(posted),
                Long.toString(kept),
                kept - posted,
                move == null ? postings.get(0).currency() : move.currency());
    }

    private BreakKind settled(BreakKind kind, ObjectBook object) {
        return scope.window().maySettle(object.newest()) ? BreakKind.TIMING : kind;
    }

    private void report(BreakKind kind, ObjectBook object, String expected, String actual, long difference) {
        report(kind, object.id(), object.orderId(), null, expected, actual, difference, object.currency());
    }

    private void report(
            BreakKind kind,
            String object,
            @Nullable String orderId,
            @Nullable String postingId,
            String expected,
            String actual,
            long differenceMinor,
            String currency) {
        found.add(new Difference(kind, object, orderId, postingId, expected, actual, differenceMinor, currency));
    }

    private ObjectBook book(String id) {
        return objects.computeIfAbsent(id, ObjectBook::new);
    }
}
