package io.gamestream.payments.intake;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is asked of the intake. */
sealed interface Request {

    /**
     * A purchase.
     *
     * @param lines each game once
     * @param currency that the client expects to pay in; null takes the catalogue's
     * @param manualCapture authorizes now, and takes the money later
     * @param offSession the player isn't there to act
     */
    record Place(
            String userId,
            List<Wanted> lines,
            @Nullable String currency,
            @Nullable String paymentMethod,
            boolean manualCapture,
            boolean offSession)
            implements Request {

        public Place {
            lines = List.copyOf(lines);
        }
    }

    /** Some of a game. */
    record Wanted(String gameId, int quantity) {}

    /**
     * Money back.
     *
     * @param gameIds these lines only; empty means all
     * @param amountMinor an amount instead of lines
     */
    record Refund(
            String orderId,
            List<String> gameIds,
            @Nullable Long amountMinor,
            @Nullable String reason) implements Request {

        public Refund {
            gameIds = List.copyOf(gameIds);
        }
    }

    record Cancel(String orderId, @Nullable String reason) implements Request {}

    /** Takes the money that was authorized; of these lines only, or of all. */
    record Capture(String orderId, List<String> gameIds) implements Request {

        public Capture {
            gameIds = List.copyOf(gameIds);
        }
    }
}
