package io.gamestream.payments.intake;

import io.gamestream.runtime.http.Problem;
import io.gamestream.runtime.http.ProblemException;

/** The problems that the intake answers with. */
final class Refusals {

    private Refusals() {}

    static ProblemException field(String field, String detail) {
        return new ProblemException(Problem.badBody(field + ": " + detail).with("field", field));
    }

    static ProblemException unprocessable(String slug, String title, String detail) {
        return new ProblemException(Problem.of(slug, title, 422, detail));
    }

    static ProblemException noKey() {
        return new ProblemException(
                Problem.of(
                        "idempotency-key-missing",
                        "The request has no usable Idempotency-Key",
                        400,
                        "Every write needs a header Idempotency-Key of 1 to 255 visible characters; the same for each repetition."));
    }

    static ProblemException otherBody(String key) {
        return new ProblemException(Problem.of(
                "idempotency-key-reused",
                "The Idempotency-Key was used for another request",
                422,
                "The key " + key + " came before with another path or body. Use a new key for a new request."));
    }

    static ProblemException inProgress(String key) {
        return new ProblemException(Problem.of(
                "idempotency-key-in-use",
                "The same request is being worked on",
                409,
                "A request with the key " + key + " is under way. Repeat this one, with the same key, in a moment."));
    }

    static ProblemException notPaidHere(String orderId) {
        return unprocessable(
                "not-paid-here",
                "The order was not paid here",
                "Order " + orderId + " came with an import, so no payment of it is known here that could be refunded,"
                        + " cancelled or captured (expected: the id of an order that was placed here).");
    }

    static ProblemException notFound(String orderId) {
        return new ProblemException(Problem.notFound("There is no order " + orderId + "."));
    }
}
