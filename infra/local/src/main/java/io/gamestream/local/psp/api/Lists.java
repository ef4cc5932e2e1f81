package io.gamestream.local.psp.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gamestream.local.psp.core.ApiError;
import io.gamestream.local.psp.core.ApiErrorException;
import io.gamestream.local.psp.core.Shelf;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Pages of a shelf, newest first, as Stripe's cursors walk them. */
final class Lists {

    private static final int MAX_LIMIT = 100;
    private static final int USUAL_LIMIT = 10;

    private Lists() {}

    /**
     * A page.
     *
     * @param group that is asked for; null for all
     * @param url of the list
     * @param created of a thing, seconds of the epoch
     */
    static <T> ObjectNode page(
            Shelf<T> shelf,
            @Nullable String group,
            Params params,
            String url,
            Predicate<T> filter,
            ToLongFunction<T> created,
            Function<T, JsonNode> render) {
        int limit = limit(params);
        Predicate<T> wanted = filter.and(within(params, created));
        String before = params.text("ending_before");
        String after = params.text("starting_after");
        for (String cursor : new String[] {before, after}) {
            if (cursor != null && !shelf.has(cursor)) {
                throw new ApiErrorException(ApiError.missing("object", cursor, "starting_after"));
            }
        }
        Stream<T> rows = before == null ? shelf.newestFirst(group, after) : shelf.newerThan(group, before);
        List<T> found = new ArrayList<>(rows.filter(wanted).limit(limit + 1L).toList());
        boolean more = found.size() > limit;
        if (more) {
            found.remove(limit);
        }
        if (before != null) {
            Collections.reverse(found);
        }
        return list(url, found.stream().map(render).toList(), more);
    }

    static ObjectNode list(String url, List<JsonNode> rows, boolean more) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("object", "list");
        node.putArray("data").addAll(rows);
        node.put("has_more", more);
        node.put("url", url);
        return node;
    }

    static int limit(Params params) {
        Long limit = params.whole("limit");
        if (limit != null && (limit < 1 || limit > MAX_LIMIT)) {
            throw new ApiErrorException(ApiError.invalid(
                    "parameter_invalid_integer", "limit", "limit must be between 1 and " + MAX_LIMIT + "."));
        }
        return limit == null ? USUAL_LIMIT : limit.intValue();
    }

    private static <T> Predicate<T> within(Params params, ToLongFunction<T> created) {
        Predicate<T> all = thing -> true;
        Long exactly = params.whole("created");
        if (exactly != null) {
            all = all.and(thing -> created.applyAsLong(thing) == exactly);
        }
        for (Map.Entry<String, String> bound : params.members("created").entrySet()) {
            Long value = params.whole("created[" + bound.getKey() + "]");
            if (value != null) {
                all = all.and(bound(bound.getKey(), value, created));
            }
        }
        return all;
    }

    private static <T> Predicate<T> bound(String kind, long value, ToLongFunction<T> created) {
        return switch (kind) {
            case "gt" -> thing -> created.applyAsLong(thing) > value;
            case "gte" -> thing -> created.applyAsLong(thing) >= value;
            case "lt" -> thing -> created.applyAsLong(thing) < value;
            case "lte" -> thing -> created.applyAsLong(thing) <= value;
            default ->
                throw new ApiErrorException(ApiError.invalid(
                        "parameter_unknown",
                        "created[" + kind + "]",
                        "Received unknown parameter: created[" + kind + "]"));
        };
    }
}
