package io.gamestream.local.psp.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gamestream.local.psp.core.Answer;
import io.gamestream.local.psp.core.ApiError;
import io.gamestream.local.psp.core.Charge;
import io.gamestream.local.psp.core.Intent;
import io.gamestream.local.psp.core.PspObject;
import io.gamestream.local.psp.core.PspState;
import io.gamestream.local.psp.engine.Psp;
import io.gamestream.local.psp.log.Entry;
import io.gamestream.runtime.http.Json;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Ends responses as Stripe does. */
final class Reply {

    private Reply() {}

    static void send(HttpServerResponse response, Psp.Outcome outcome, PspState state, List<String> expand) {
        begin(response, outcome);
        send(response, status(outcome), body(outcome, state, expand));
    }

    /** The headers and half of the body; the caller ends the connection. */
    static void stall(HttpServerResponse response, Psp.Outcome outcome, PspState state, List<String> expand) {
        if (response.closed() || response.ended()) {
            return;
        }
        begin(response, outcome);
        stall(response, status(outcome), body(outcome, state, expand));
    }

    static void stall(HttpServerResponse response, int status, ObjectNode whole) {
        if (response.closed() || response.ended()) {
            return;
        }
        Buffer body = Json.write(whole);
        response.setStatusCode(status)
                .putHeader("Stripe-Version", StripeJson.API_VERSION)
                .putHeader(HttpHeaders.CONTENT_TYPE, Json.MEDIA_TYPE)
                .putHeader(HttpHeaders.CONTENT_LENGTH, String.valueOf(body.length()));
        Future<Void> unused = response.write(body.slice(0, body.length() / 2));
    }

    private static void begin(HttpServerResponse response, Psp.Outcome outcome) {
        if (outcome.replayed()) {
            response.putHeader("Idempotent-Replayed", "true");
        }
    }

    private static int status(Psp.Outcome outcome) {
        ApiError error = outcome.answer().error();
        return error == null ? outcome.answer().status() : error.status();
    }

    private static ObjectNode body(Psp.Outcome outcome, PspState state, List<String> expand) {
        Answer answer = outcome.answer();
        ApiError error = answer.error();
        if (error != null) {
            Intent shown =
                    error.intent() == null ? null : (Intent) outcome.change().object(error.intent());
            return StripeJson.error(error, shown);
        }
        Entry.Change change = outcome.change();
        // As they were: an answer that is given again is the first one, whatever has become of the charge since.
        return expanded(
                StripeJson.of(change.object(String.valueOf(answer.object()))),
                id -> change.find(id).or(() -> state.expansion(id)),
                expand);
    }

    static void send(HttpServerResponse response, ApiError error) {
        send(response, error.status(), StripeJson.error(error, null));
    }

    static void send(HttpServerResponse response, int status, ObjectNode body) {
        // Nobody may be there any more: a client that has given up is no reason not to have done the work.
        if (!response.closed() && !response.ended()) {
            response.putHeader("Stripe-Version", StripeJson.API_VERSION);
            Json.send(response, status, body);
        }
    }

    /**
     * {@code latest_charge} and, below it, {@code balance_transaction}; other paths stay ids.
     *
     * @param objects by id
     */
    static ObjectNode expanded(ObjectNode node, Function<String, Optional<PspObject>> objects, List<String> paths) {
        if (paths.stream().noneMatch(path -> path.startsWith("latest_charge"))) {
            return node;
        }
        if (objects.apply(node.path("latest_charge").asText()).orElse(null) instanceof Charge charge) {
            ObjectNode shown = StripeJson.of(charge);
            if (paths.contains("latest_charge.balance_transaction")) {
                objects.apply(String.valueOf(charge.balanceTransaction()))
                        .ifPresent(row -> shown.set("balance_transaction", StripeJson.of(row)));
            }
            node.set("latest_charge", shown);
        }
        return node;
    }
}
