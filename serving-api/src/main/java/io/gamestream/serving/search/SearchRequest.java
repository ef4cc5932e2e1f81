package io.gamestream.serving.search;

import io.gamestream.runtime.http.Parameters;
import io.gamestream.runtime.http.Problem;
import io.gamestream.runtime.http.ProblemException;
import io.vertx.core.MultiMap;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a list is asked for, checked; what is wrong is a {@link ProblemException} that names the parameter.
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

    private static final int DEFAULT_LIMIT = 20;
    private static final int MAX_LIMIT = 100;
    private static final int MAX_GENRES = 20;
    private static final int MAX_NAME = 200;
    private static final GameSort.Order BY_SALES = new GameSort.Order(GameSort.SALES, true);
    private static final String ANY = "ANY";
    private static final Set<String> STATUSES = Set.of(GameFilter.ACTIVE, "WITHDRAWN", ANY);
    private static final Set<String> GPU_CLASSES = Set.of("STANDARD", "PERFORMANCE", "ULTRA");

    private static final Set<String> SEARCH = Set.of("q", "genre", "status", "limit", "cursor");
    private static final Set<String> BESTSELLERS = Set.of("genre", "limit", "cursor");
    private static final Set<String> LIST = Set.of(
            "genre",
            "status",
            "gpuClass",
            "currency",
            "developer",
            "priceMin",
            "priceMax",
            "releasedAfter",
            "releasedBefore",
            "sort",
            "limit",
            "cursor");

    /** Of {@code /v1/games/search}. */
    static SearchRequest search(MultiMap values, int maxQueryCharacters) {
        Parameters parameters = new Parameters(values);
        parameters.allowOnly(SEARCH);
        String query = values.get("q");
        String expected = " (expected: 1 to " + maxQueryCharacters + " characters of a title)";
        if (query == null || query.isBlank()) {
            throw refused("q", "q is missing or blank" + expected);
        }
        if (query.length() > maxQueryCharacters) {
            throw refused("q", "q has " + query.length() + " characters" + expected);
        }
        GameFilter filter = GameFilter.of(status(parameters), genres(values));
        int hash = ("search|" + query + '|' + filter).hashCode();
        return new SearchRequest(
                query, filter, BY_SALES, limit(parameters), cursor(parameters, hash, Cursor.Kind.SCORE), hash);
    }

    /** Of {@code /v1/games}. */
    static SearchRequest list(MultiMap values) {
        Parameters parameters = new Parameters(values);
        parameters.allowOnly(LIST);
        GameFilter filter = new GameFilter(
                genres(values),
                status(parameters),
                parameters.oneOf("gpuClass", GPU_CLASSES).orElse(null),
                name(parameters, "currency"),
                name(parameters, "developer"),
                price(parameters, "priceMin"),
                price(parameters, "priceMax"),
                day(parameters, "releasedAfter"),
                day(parameters, "releasedBefore"));
        String sort = parameters.text("sort").orElse("title");
        GameSort.Order order = GameSort.Order.parse(sort)
                .orElseThrow(() -> refused(
                        "sort",
                        "sort: " + sort + " (expected: one of " + GameSort.parameters()
                                + ", or -name for descending)"));
        int hash = ("list|" + order + '|' + filter).hashCode();
        return new SearchRequest(
                "", filter, order, limit(parameters), cursor(parameters, hash, order.cursorKind()), hash);
    }

    /** Of {@code /v1/games/bestsellers}. */
    static SearchRequest bestsellers(MultiMap values) {
        Parameters parameters = new Parameters(values);
        parameters.allowOnly(BESTSELLERS);
        List<String> genres = genres(values);
        if (genres.size() > 1) {
            throw refused("genre", "genre is given " + genres.size() + " times (expected: at most once here)");
        }
        GameFilter filter = GameFilter.of(GameFilter.ACTIVE, genres);
        int hash = ("bestsellers|" + filter).hashCode();
        return new SearchRequest(
                "", filter, BY_SALES, limit(parameters), cursor(parameters, hash, Cursor.Kind.NUMBER), hash);
    }

    private static int limit(Parameters parameters) {
        return (int) parameters.number("limit", DEFAULT_LIMIT, 1, MAX_LIMIT);
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
        String status = parameters.oneOf("status", STATUSES).orElse(GameFilter.ACTIVE);
        return status.equals(ANY) ? null : status;
    }

    private static List<String> genres(MultiMap values) {
        List<String> genres = values.getAll("genre");
        if (genres.size() > MAX_GENRES) {
            throw refused("genre", "genre is given " + genres.size() + " times (expected: at most " + MAX_GENRES + ")");
        }
        for (String genre : genres) {
            if (genre.isBlank() || genre.length() > MAX_NAME) {
                throw refused("genre", "genre is blank or too long (expected: 1 to " + MAX_NAME + " characters)");
            }
        }
        return genres.stream().map(Folding::key).distinct().sorted().toList();
    }

    private static @Nullable String name(Parameters parameters, String name) {
        String value = parameters.text(name).orElse(null);
        if (value != null && value.length() > MAX_NAME) {
            throw refused(name, name + " is too long (expected: at most " + MAX_NAME + " characters)");
        }
        return value == null ? null : Folding.key(value);
    }

    private static @Nullable Long price(Parameters parameters, String name) {
        return parameters.text(name).isEmpty() ? null : parameters.number(name, 0, 0, Long.MAX_VALUE);
    }

    private static @Nullable LocalDate day(Parameters parameters, String name) {
        String text = parameters.text(name).orElse(null);
        if (text == null) {
            return null;
        }
        try {
            return LocalDate.parse(text.toUpperCase(Locale.ROOT));
        } catch (DateTimeParseException e) {
            throw refused(name, name + ": " + text + " (expected: a day such as 2026-01-31)");
        }
    }

    private static ProblemException refused(String parameter, String detail) {
        return new ProblemException(Problem.badParameter(parameter, detail));
    }
}
