package io.gamestream.runtime.http;

import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The query parameters of a request, checked by the service's OpenAPI document before a handler sees them: what is unknown, given
 * twice, missing or out of bounds is refused there with a problem that names it. Bounds and defaults are those of the document.
 */
public final class Parameters {

    private static final String KEY = Parameters.class.getName();

    private final ApiOperation operation;
    private final MultiMap values;

    /** @throws ProblemException for what the document does not allow */
    Parameters(ApiOperation operation, MultiMap values) {
        operation.check(values);
        this.operation = operation;
        this.values = values;
    }

    /** Of a request to a service that has a document. */
    public static Parameters of(RoutingContext context) {
        return Objects.requireNonNull(context.<Parameters>get(KEY), "the service has no OpenAPI document");
    }

    void keepIn(RoutingContext context) {
        context.put(KEY, this);
    }

    /** The value as it came; empty where it is missing. */
    public Optional<String> raw(String name) {
        operation.parameter(name);
        return Optional.ofNullable(values.get(name));
    }

    /** The value, trimmed; empty where it is missing or blank. */
    public Optional<String> text(String name) {
        return raw(name).map(String::trim).filter(text -> !text.isEmpty());
    }

    /** The value, trimmed; the document's default where it is missing. */
    public String word(String name) {
        return text(name).orElseGet(() -> operation.parameter(name).defaultText());
    }

    /** Each value of a parameter that may be given several times. */
    public List<String> all(String name) {
        operation.parameter(name);
        return values.getAll(name);
    }

    /** A whole number; the document's default where it is missing. */
    public long number(String name) {
        return Long.parseLong(word(name));
    }

    public OptionalLong optionalNumber(String name) {
        Optional<String> text = text(name);
        return text.isPresent() ? OptionalLong.of(Long.parseLong(text.get())) : OptionalLong.empty();
    }

    /** A parameter of format {@code date-time}. */
    public Optional<Instant> instant(String name) {
        return text(name).map(text -> OffsetDateTime.parse(text).toInstant());
    }

    /** A parameter of format {@code date}. */
    public Optional<LocalDate> day(String name) {
        return text(name).map(LocalDate::parse);
    }
}
