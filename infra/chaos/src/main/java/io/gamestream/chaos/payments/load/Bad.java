package io.gamestream.chaos.payments.load;

import java.util.List;

/** Requests that must be refused and leave no trace. */
final class Bad {

    /** Luhn-valid, and nobody's. */
    static final String CARD_NUMBER = "4242424242424242";

    static final List<String> BODIES = List.of(
            "{",
            "{}",
            "{\"userId\":\"nobody\",\"lines\":[{\"gameId\":\"g1\"}],\"paymentMethod\":\"pm_card_visa\"}",
            "{\"userId\":\"u1\",\"lines\":[{\"gameId\":\"no-such-game\"}],\"paymentMethod\":\"pm_card_visa\"}",
            "{\"userId\":\"u1\",\"lines\":[{\"gameId\":\"" + Shop.GONE + "\"}],\"paymentMethod\":\"pm_card_visa\"}",
            "{\"userId\":\"u1\",\"lines\":[{\"gameId\":\"g1\",\"quantity\":-1}],\"paymentMethod\":\"pm_card_visa\"}",
            "{\"userId\":\"u1\",\"lines\":[{\"gameId\":\"g1\",\"quantity\":1000000000}],\"paymentMethod\":\"x\"}",
            "{\"userId\":\"u1\",\"lines\":[{\"gameId\":\"g1\"}],\"currency\":\"USD\",\"paymentMethod\":\"pm_card_visa\"}",
            "{\"userId\":\"u1\",\"lines\":[{\"gameId\":\"g1\"},{\"gameId\":\"" + Shop.FOREIGN
                    + "\"}],\"paymentMethod\":\"pm_card_visa\"}",
            "{\"userId\":\"u1\",\"lines\":[{\"gameId\":\"g1\",\"unitPriceMinor\":1}],\"paymentMethod\":\"pm_card_visa\"}",
            "{\"userId\":\"u1\",\"lines\":[{\"gameId\":\"g1\"}],\"paymentMethod\":\"" + CARD_NUMBER + "\"}");

    private Bad() {}

    static String body(int number) {
        return BODIES.get(number % BODIES.size());
    }
}
