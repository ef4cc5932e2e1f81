package io.gamestream.serving.read;

import io.gamestream.runtime.http.HotHandler;
import io.gamestream.runtime.http.HttpRoutes;
import io.gamestream.runtime.http.Parameters;
import io.gamestream.runtime.http.Problem;
import io.gamestream.runtime.http.ProblemException;
import io.gamestream.serving.GameTitles;
import io.gamestream.serving.render.LibraryCursor;
import io.gamestream.serving.view.View;
import io.gamestream.serving.view.ViewRegistry;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The reads of one item: users with their libraries, games, orders, payments as they are and as they were, ledger accounts. */
final class ReadRoutes {

    private final GameTitles titles;
    private volatile @Nullable Ready ready;

    /** What exists only once the topics are known. */
    private record Ready(
            ViewRegistry registry,
            ReadFlow flow,
            PaymentHistory history,
            Resource users,
            Resource games,
            Resource orders,
            Resource payments,
            Resource accounts) {}

    ReadRoutes(GameTitles titles) {
        this.titles = titles;
    }

    void addTo(HttpRoutes routes) {
        routes.hot("/v1/users/{id}", item(Ready::users));
        routes.hot("/v1/games/{id}", item(Ready::games));
        routes.hot("/v1/orders/{id}", item(Ready::orders));
        routes.hot("/v1/ledger/accounts/{id}", item(Ready::accounts));
        routes.get("/v1/payments/{id}", this::payment);
        routes.get("/v1/users/{id}/library", this::library);
    }

    /** From here on reads are answered; before it they are refused with 503. */
    void open(ViewRegistry registry, ReadFlow flow, PaymentHistory history) {
        ready = new Ready(
                registry,
                flow,
                history,
                new ItemResource(View.USERS, registry),
                new GameResource(registry),
                new OrderResource(registry),
                new ItemResource(View.PAYMENTS, registry),
                new ItemResource(View.ACCOUNTS, registry));
    }

    private HotHandler item(Function<Ready, Resource> resource) {
        return (request, id) -> {
            Ready now = ready();
            now.flow().answer(request, resource.apply(now), id);
        };
    }

    private void payment(RoutingContext context) {
        Optional<Instant> moment = Parameters.of(context).instant("asOf");
        Ready now = ready();
        now.flow()
                .answer(
                        context.request(),
                        moment.<Resource>map(at -> new PastPaymentResource(now.registry(), now.history(), at))
                                .orElse(now.payments()),
                        context.pathParam("id"));
    }

    private void library(RoutingContext context) {
        Parameters parameters = Parameters.of(context);
        int limit = (int) parameters.number("limit");
        LibraryCursor after = parameters.text("cursor").map(ReadRoutes::cursor).orElse(LibraryCursor.START);
        Ready now = ready();
        now.flow()
                .answer(
                        context.request(),
                        new LibraryResource(now.registry(), titles, after, limit),
                        context.pathParam("id"));
    }

    private Ready ready() {
        Ready now = ready;
        if (now == null) {
            throw new ProblemException(
                    Problem.unavailable("The views are not there yet; /readyz says how far starting is."));
        }
        return now;
    }

    private static LibraryCursor cursor(String text) {
        return LibraryCursor.decode(text)
                .orElseThrow(() -> new ProblemException(Problem.badParameter(
                        "cursor", "cursor: not one of ours (expected: nextCursor of an earlier answer)")));
    }
}
