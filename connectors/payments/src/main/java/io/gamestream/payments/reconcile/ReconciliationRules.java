package io.gamestream.payments.reconcile;

import io.gamestream.payments.psp.BalanceMove;
import io.gamestream.payments.psp.DisputeState;
import io.gamestream.payments.reconcile.Claims.Claim;
import io.gamestream.schemas.payments.BreakKind;
import io.gamestream.schemas.payments.LedgerPosting;
import io.gamestream.schemas.payments.PostingKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
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
    private final Map<String, ObjectBook> objects = new TreeMap<>();
    private final Map<String, BalanceMove> fees = new TreeMap<>();
    private final Map<String, List<LedgerPosting>> postedFees = new TreeMap<>();
    private final List<Difference> found = new ArrayList<>();
    private final Set<String> judged = new HashSet<>();

    private ReconciliationRules(Books books) {
        this.books = books;
    }

    static Findings compare(Books books) {
        return new ReconciliationRules(books).compare();
    }

    private Findings compare() {
        Map<String, BalanceMove> moves = new LinkedHashMap<>();
        books.moves().forEach(move -> moves.putIfAbsent(move.id(), move));
        duplicateCharges(moves);
        moves.values().forEach(this::enter);
        onePerId().forEach(this::enter);
        Claims.of(books.journal()).forEach((id, claim) -> {
            ObjectBook object = objects.get(id);
            if (object != null) {
                object.claim(claim);
            } else if (claim.amountMinor() != 0 && books.window().contains(claim.placedAt())) {
                // Of an older order the money may have moved before anything that was read.
                book(id).claim(claim);
            }
        });
        objects.values().forEach(this::judge);
        judgeDisputes();
        Set<String> feeIds = new TreeSet<>(fees.keySet());
        feeIds.addAll(postedFees.keySet());
        feeIds.forEach(this::judgeFee);
        return new Findings(
                found,
                judged,
                moves.values().stream()
                        .filter(move -> books.window().contains(move.at()))
                        .count(),
                books.ledger().stream()
                        .filter(posting -> books.window().contains(posting.getAt()))
                        .count(),
                books.journal().size());
    }

    /** An order that was charged a second time: by another intent, or by another charge of its intent. */
    private void duplicateCharges(Map<String, BalanceMove> moves) {
        Map<String, String> first = new HashMap<>();
        Set<String> again = new TreeSet<>();
        Set<String> posted = new HashSet<>();
        books.ledger().forEach(posting -> posted.add(posting.getPspObjectId()));
        moves.values().stream()
                .filter(move -> move.kind() == BalanceMove.Kind.CAPTURE && move.amountMinor() > 0)
                .sorted((one, other) -> {
                    int known = Boolean.compare(
                            posted.contains(String.valueOf(other.object())),
                            posted.contains(String.valueOf(one.object())));
                    return known != 0 ? known : one.at().compareTo(other.at());
                })
                .forEach(move -> {
                    String owner = move.orderId() == null ? String.valueOf(move.intentId()) : move.orderId();
                    String charge = first.putIfAbsent(owner, move.source());
                    if (charge != null && !charge.equals(move.source()) && again.add(move.source())) {
                        report(
                                BreakKind.DUPLICATE,
                                move.source(),
                                move.orderId(),
                                null,
                                "one charge, " + charge,
                                "another one, " + move.source() + " of " + move.intentId(),
                                move.amountMinor(),
                                move.currency());
                        judged.add(move.source());
                    }
                });
        moves.values().removeIf(move -> move.kind() == BalanceMove.Kind.CAPTURE && again.contains(move.source()));
    }

    /** The ledger, without what was posted twice under one id; that is reported. */
    private List<LedgerPosting> onePerId() {
        Map<String, LedgerPosting> byId = new LinkedHashMap<>();
        for (LedgerPosting posting : books.ledger()) {
            if (byId.putIfAbsent(posting.getPostingId(), posting) != null) {
                report(
                        BreakKind.DUPLICATE,
                        posting.getPspObjectId(),
                        posting.getOrderId(),
                        posting.getPostingId(),
                        "posted twice under one id",
                        "",
                        -ObjectBook.clearing(posting),
                        posting.getCurrency());
            }
        }
        return List.copyOf(byId.values());
    }

    private void enter(BalanceMove move) {
        if (move.feeMinor() != 0) {
            fees.put(move.id(), move);
        }
        if (move.kind() != BalanceMove.Kind.OTHER) {
            @Nullable String object = move.object();
            book(object == null ? move.source() : object).add(move);
        }
    }

    private void enter(LedgerPosting posting) {
        if (posting.getKind() == PostingKind.FEE) {
            postedFees
                    .computeIfAbsent(posting.getPspObjectId(), id -> new ArrayList<>())
                    .add(posting);
        } else {
            book(posting.getPspObjectId()).add(posting);
        }
    }

    private void judge(ObjectBook object) {
        @Nullable Claim claim = object.claim();
        boolean onlyClaimed = !object.hasMoves() && !object.hasPostings();
        if (!onlyClaimed && !object.isIn(books.window())) {
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
        } else if (claim == null ? moved != 0 : claim.amountMinor() != moved) {
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
        Map<String, Claim> claims = Claims.of(books.journal());
        Set<String> told = new HashSet<>();
        found.forEach(difference -> told.add(difference.object()));
        for (DisputeState dispute : books.disputes()) {
            @Nullable Claim claim = claims.get(dispute.id());
            boolean agrees = claim != null && claim.status().equals(dispute.status());
            if (!books.window().contains(dispute.createdAt()) || told.contains(dispute.id())) {
                continue;
            }
            judged.add(dispute.id());
            if (!agrees) {
                @Nullable Instant since = books.openSince().get(dispute.id());
                boolean isNew = since == null || books.window().maySettle(since);
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
        List<LedgerPosting> postings = postedFees.getOrDefault(id, List.of());
        boolean inWindow = (move != null && books.window().contains(move.at()))
                || postings.stream().anyMatch(posting -> books.window().contains(posting.getAt()));
        if (!inWindow) {
            return;
        }
        judged.add(id);
        long kept = move == null ? 0 : move.feeMinor();
        long posted = -postings.stream().mapToLong(ObjectBook::clearing).sum();
        if (kept == posted) {
            return;
        }
        @Nullable
        String orderId = postings.isEmpty() ? order(move) : postings.get(0).getOrderId();
        boolean young = (move != null && books.window().maySettle(move.at()))
                || postings.stream().anyMatch(posting -> books.window().maySettle(posting.getAt()));
        report(
                young ? BreakKind.TIMING : BreakKind.FEE,
                id,
                orderId,
                null,
                Long.toString(posted),
                Long.toString(kept),
                kept - posted,
                move == null ? postings.get(0).getCurrency() : move.currency());
    }

    /** The PSP's word for it, or that of whoever knows the object. */
    private @Nullable String order(@Nullable BalanceMove move) {
        if (move == null || move.orderId() != null || move.object() == null) {
            return move == null ? null : move.orderId();
        }
        ObjectBook object = objects.get(move.object());
        return object == null ? null : object.orderId();
    }

    private BreakKind settled(BreakKind kind, ObjectBook object) {
        return books.window().maySettle(object.newest()) ? BreakKind.TIMING : kind;
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
