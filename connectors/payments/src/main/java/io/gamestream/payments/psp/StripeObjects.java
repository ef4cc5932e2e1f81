package io.gamestream.payments.psp;

import com.fasterxml.jackson.databind.JsonNode;
import io.gamestream.payments.psp.StripeHttp.Answer;

/**
 * Whether an answer is what was asked for. Between us and Stripe stand proxies and balancers that answer, too: with a page of
 * their own, an empty object, a 404 for a path that they don't know. None of that says anything about the money. Pure.
 */
final class StripeObjects {

    static final String INTENT = "payment_intent";

    private static final int OK = 200;
    private static final int NOT_FOUND = 404;

    private StripeObjects() {}

    /** Whether it is an object of the kind, with an id. */
    static boolean is(JsonNode body, String kind) {
        return kind.equals(body.path("object").textValue())
                && body.path("id").isTextual()
                && !body.path("id").textValue().isBlank();
    }

    /** Whether it shows the object of the kind that has the id. */
    static boolean shows(Answer answer, String kind, String id) {
        return answer.status() == OK
                && is(answer.body(), kind)
                && id.equals(answer.body().path("id").textValue());
    }

    /**
     * Whether it is a page of such rows that says whether there is another. One that is empty and not the last leads nowhere.
     *
     * @param kind {@code list} or {@code search_result}
     */
    static boolean isPage(Answer answer, String kind, String rows) {
        JsonNode body = answer.body();
        JsonNode data = body.path("data");
        JsonNode more = body.path("has_more");
        if (answer.status() != OK
                || !kind.equals(body.path("object").textValue())
                || !data.isArray()
                || !more.isBoolean()
                || (data.isEmpty() && more.booleanValue())) {
            return false;
        }
        for (JsonNode row : data) {
            if (!is(row, rows)) {
                return false;
            }
        }
        return true;
    }

    /** Whether it is an error as Stripe tells one; its type is always there. */
    static boolean isError(JsonNode body) {
        return body.path("error").path("type").isTextual();
    }

    /** Whether Stripe says that there is no such object; not of anybody else's 404, nor of a path that Stripe doesn't know. */
    static boolean isMissing(Answer answer) {
        return answer.status() == NOT_FOUND
                && isError(answer.body())
                && "resource_missing"
                        .equals(answer.body().path("error").path("code").textValue());
    }
}
