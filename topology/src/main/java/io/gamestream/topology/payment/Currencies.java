package io.gamestream.topology.payment;

import io.gamestream.schemas.internal.payments.PaymentSaga;
import io.gamestream.schemas.internal.payments.SagaForeign;
import io.gamestream.schemas.payments.PspFact;
import io.gamestream.schemas.payments.PspObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * In which currency the PSP's objects of an order are: each in one, and for ever. All should be in the order's own, but whoever
 * has access to the PSP can make others. Pure.
 */
final class Currencies {

    private Currencies() {}

    /** Keeps what a fact says of its object; a charge is of its intent's currency. */
    static void note(PaymentSaga saga, PspFact fact) {
        if (fact.getObject() == PspObject.BALANCE_TRANSACTION) {
            // A fee has a currency of its own.
            return;
        }
        note(saga, fact.getId(), fact.getCurrency());
        if (fact.getObject() == PspObject.CHARGE && fact.getIntentId() != null) {
            note(saga, fact.getIntentId(), fact.getCurrency());
        }
    }

    private static void note(PaymentSaga saga, String object, String currency) {
        if (!currency.equals(saga.getView().getCurrency()) && find(saga, object).isEmpty()) {
            saga.getForeign().add(new SagaForeign(object, currency));
            saga.getForeign().sort(Comparator.comparing(SagaForeign::getObject));
        }
    }

    /** The order's own currency is known now. */
    static void placed(PaymentSaga saga) {
        // Avro's lists remove by position only.
        saga.setForeign(new ArrayList<>(saga.getForeign().stream()
                .filter(known -> !known.getCurrency().equals(saga.getView().getCurrency()))
                .toList()));
    }

    static String of(PaymentSaga saga, String object) {
        return find(saga, object).map(SagaForeign::getCurrency).orElseGet(() -> usual(saga));
    }

    /** Of what a version before kept it isn't known, where several were seen. */
    static boolean isOwn(PaymentSaga saga, String object) {
        String own = saga.getView().getCurrency();
        boolean known = saga.getSeenCurrencies().stream()
                .allMatch(seen -> seen.equals(own)
                        || saga.getForeign().stream()
                                .anyMatch(foreign -> foreign.getCurrency().equals(seen)));
        return known && of(saga, object).equals(own);
    }

    /** Where a version before kept no object's currency, all were in the one that was seen. */
    private static String usual(PaymentSaga saga) {
        String own = saga.getView().getCurrency();
        List<String> seen = saga.getSeenCurrencies();
        return seen.isEmpty() || seen.contains(own) ? own : seen.get(0);
    }

    private static Optional<SagaForeign> find(PaymentSaga saga, String object) {
        return saga.getForeign().stream()
                .filter(known -> known.getObject().equals(object))
                .findFirst();
    }
}
