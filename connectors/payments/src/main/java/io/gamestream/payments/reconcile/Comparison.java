package io.gamestream.payments.reconcile;

import io.gamestream.payments.psp.BalanceMove;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Compares one slice after the other, and adds up what was found. */
final class Comparison {

    private final Slices slices;
    private final Scope scope;
    private final int maxBreaks;
    private final List<Difference> differences = new ArrayList<>();
    private final Set<String> judged = new HashSet<>();
    private long matched;
    private long moves;
    private long postings;
    private long orders;

    private Comparison(Slices slices, Scope scope, int maxBreaks) {
        this.slices = slices;
        this.scope = scope;
        this.maxBreaks = maxBreaks;
    }

    /**
     * What differs. Of the objects that were judged only those are told that have a difference, now or since before.
     *
     * @param slices with all that the sides have
     * @throws TooManyBreaksException for more than {@code maxBreaks} differences
     */
    static Findings of(Slices slices, Scope scope, int maxBreaks) {
        return new Comparison(slices, scope, maxBreaks).all();
    }

    private Findings all() {
        SecondCharges again = secondCharges();
        again.differences().values().forEach(this::add);
        for (int slice = 0; slice < slices.count(); slice++) {
            Findings found = ReconciliationRules.compare(slices.books(slice), again, scope);
            found.differences().forEach(this::add);
            found.judged().stream().filter(scope.openSince()::containsKey).forEach(judged::add);
            matched += found.matched();
            moves += found.moves();
            postings += found.postings();
            orders += found.orders();
        }
        differences.sort(Comparator.comparing(Difference::id));
        return new Findings(differences, judged, matched, moves, postings, orders);
    }

    private void add(Difference difference) {
        if (differences.size() == maxBreaks) {
            throw new TooManyBreaksException(
                    "more than " + maxBreaks + " differences between the PSP's books and ours");
        }
        differences.add(difference);
        judged.add(difference.object());
    }

    /** Second charges of orders, which may be in other slices than the first ones. */
    private SecondCharges secondCharges() {
        List<BalanceMove> candidates = new ArrayList<>();
        Set<String> objects = new HashSet<>();
        for (int slice = 0; slice < slices.count(); slice++) {
            for (BalanceMove charge : Duplicates.candidates(slices.charges(slice))) {
                // Of a charge two rows may have been listed, and no more than two charges of an order are to be
                // expected.
                if (candidates.size() > 4 * maxBreaks) {
                    throw new TooManyBreaksException("more than " + maxBreaks + " orders that were charged twice");
                }
                candidates.add(charge);
                objects.add(charge.object());
            }
        }
        return Duplicates.of(
                candidates, slices.posted(objects), scope.openSince().keySet());
    }
}
