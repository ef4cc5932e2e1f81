package io.gamestream.serving.search;

import io.gamestream.runtime.http.Parameters;
import io.gamestream.runtime.http.Problem;
import io.gamestream.runtime.http.ProblemException;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What a list is asked for. The bounds of each parameter are in the OpenAPI document and have been checked by it; a cursor is
 * checked here, by a {@link ProblemException} that names it.
 *
 * @param query as it was typed; empty for lists without one
 * @param order of a list; the others have one order each
 * @param hash of all that the list depends on, for its cursors
 */
record SearchRequest(
        String query,
        GameFilter filter,
        GameSort.Order order,
        int limit,
        @Nullable Cursor after,
        int hash) {

    private static final GameSort.Order BY_SALES = new GameSort.Order(GameSort.SALES, true);
    private static final String ANY = "ANY";

    /** Of {@code /v1/games/search}. */
    static SearchRequest search(Parameters parameters) {
        String query = parameters.raw("q").orElseThrow();
        GameFilter filter = GameFilter.of(status(parameters), genres(parameters));
        int hash = ("search|" + query + '|' + filter).hashCode();
        return new SearchRequest(
                query, filter, BY_SALES, limit(parameters), cursor(parameters, hash, Cursor.Kind.SCORE), hash);
    }

    /** Of {@code /v1/games}. */
    static SearchRequest list(Parameters parameters) {
        GameFilter filter = new GameFilter(
                genres(parameters),
                status(parameters),
                parameters.text("gpuClass").orElse(null),
                name(parameters, "currency"),
                name(parameters, "developer"),
                price(parameters, "priceMin"),
                price(parameters, "priceMax"),
                parameters.day("releasedAfter").orElse(null),
                parameters.day("releasedBefore").orElse(null));
        GameSort.Order order = GameSort.Order.parse(parameters.word("sort"));
        int hash = ("list|" + order + '|' + filter).hashCode();
        return new SearchRequest(
                "", filter, order, limit(parameters), cursor(parameters, hash, order.cursorKind()), hash);
    }

    /** Of {@code /v1/games/bestsellers}. */
    static SearchRequest bestsellers(Parameters parameters) {
        List<String> genres =
                parameters.text("genre").map(Folding::key).stream().toList();
        GameFilter filter = GameFilter.of(GameFilter.ACTIVE, genres);
        int hash = ("bestsellers|" + filter).hashCode();
        return new SearchRequest(
                "", filter, BY_SALES, limit(parameters), cursor(parameters, hash, Cursor.Kind.NUMBER), hash);
    }

    private static int limit(Parameters parameters) {
        return (int) parameters.number("limit");
    }

    private static @Nullable Cursor cursor(Parameters parameters, int hash, Cursor.Kind kind) {
        return parameters
                .text("cursor")
                .map(
                        text -> Cursor.decode(text, hash, kind)
                                .orElseThrow(
                                        () -> refused(
                                                "cursor",
                                                "cursor is not one of this list (expected: nextCursor of a page with the same parameters)")))
                .orElse(null);
    }

    private static @Nullable String status(Parameters parameters) {
        String status = parameters.word("status");
        return status.equals(ANY) ? null : status;
    }

    private static List<String> genres(Parameters parameters) {
        return parameters.all("genre").stream()
                .map(Folding::key)
                .distinct()
                .sorted()
                .toList();
    }

    private static @Nullable String name(Parameters parameters, String name) {
        return parameters.text(name).map(Folding::key).orElse(null);
    }

    private static @Nullable Long price(Parameters parameters, String name) {
        OptionalLong price = parameters.optionalNumber(name);
        return price.isPresent() ? price.getAsLong() : null;
    }

    private static ProblemException refused(String parameter, String detail) {
        return new ProblemException(Problem.badParameter(parameter, detail));
    }
}
