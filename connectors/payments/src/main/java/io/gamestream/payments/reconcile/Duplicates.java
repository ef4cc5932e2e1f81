package io.gamestream.payments.reconcile;

import io.gamestream.payments.psp.BalanceMove;
import io.gamestream.schemas.payments.BreakKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Orders that were charged a second time: by another intent, or by another charge of their intent. Pure. */
final class Duplicates {

    private Duplicates() {}

    /** Whether a move is one of those to look at. */
    static boolean isCharge(BalanceMove move) {
        return move.kind() == BalanceMove.Kind.CAPTURE && move.amountMinor() > 0;
    }

    /** Who pays only once: the order, or the intent where the PSP has no order with it, or at least the charge. */
    static String owner(BalanceMove charge) {
        return Optional.ofNullable(charge.orderId())
                .or(() -> Optional.ofNullable(charge.intentId()))
                .orElse(charge.source());
    }

    /**
     * Of charges of one slice, those whose owner has another one.
     *
     * @param charges all of their owners
     */
    static List<BalanceMove> candidates(List<BalanceMove> charges) {
        Map<String, String> first = new HashMap<>();
        Set<String> owners = new HashSet<>();
        for (BalanceMove charge : charges) {
            String known = first.putIfAbsent(owner(charge), charge.source());
            if (known != null && !known.equals(charge.source())) {
                owners.add(owner(charge));
            }
        }
        return charges.stream().filter(charge -> owners.contains(owner(charge))).toList();
    }

    /**
     * The second charges.
     *
     * @param posted what the ledger knows: its charge is the one that was meant, as long as it is the only one
     * @param reported objects with a difference that is open: a charge that was called the second one stays it
     */
    static SecondCharges of(List<BalanceMove> candidates, Set<String> posted, Set<String> reported) {
        List<BalanceMove> ordered = new ArrayList<>(candidates);
        ordered.sort(Comparator.comparing((BalanceMove charge) -> reported.contains(charge.source()))
                .thenComparing(charge -> !posted.contains(charge.object()))
                .thenComparing(BalanceMove::at));
        Map<String, BalanceMove> first = new HashMap<>();
        Map<String, Difference> again = new TreeMap<>();
        Set<String> unposted = new HashSet<>();
        for (BalanceMove charge : ordered) {
            BalanceMove known = first.putIfAbsent(owner(charge), charge);
            if (known != null && !known.source().equals(charge.source())) {
                // What is posted for the same object is the first charge.
                if (!posted.contains(charge.object()) || known.object().equals(charge.object())) {
                    unposted.add(charge.source());
                }
                again.putIfAbsent(
                        charge.source(),
                        new Difference(
                                BreakKind.DUPLICATE,
                                charge.source(),
                                charge.orderId(),
                                null,
                                "one charge, " + known.source(),
                                "another one, " + charge.source() + " of " + charge.intentId(),
                                charge.amountMinor(),
                                charge.currency()));
            }
        }
        return new SecondCharges(
                again, candidates.stream().map(BalanceMove::object).collect(Collectors.toSet()), unposted);
    }
}
