package io.gamestream.runtime.http;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Problem details (RFC 9457).
 *
 * @param type stable, {@code urn:gamestream:problem:<slug>}; clients decide by it
 * @param title what the type means, the same words each time
 * @param status of HTTP
 * @param detail what was wrong this time and what to do
 * @param extensions further members
 */
public record Problem(String type, String title, int status, String detail, Map<String, Object> extensions) {

    public static final String MEDIA_TYPE = "application/problem+json";
    private static final String PREFIX = "urn:gamestream:problem:";

    public Problem {
        if (status < 400 || status > 599) {
            throw new IllegalArgumentException("status: " + status + " (expected: 400 to 599)");
        }
        extensions = Map.copyOf(extensions);
    }

    /**
     * A problem without further members.
     *
     * @param slug the last part of the type, such as {@code not-found}
     */
    public static Problem of(String slug, String title, int status, String detail) {
        return new Problem(PREFIX + slug, title, status, detail, Map.of());
    }

    public static Problem badParameter(String parameter, String detail) {
        return of("bad-parameter", "A parameter is not valid", 400, detail).with("parameter", parameter);
    }

    public static Problem badBody(String detail) {
        return of("bad-body", "The body is not valid", 400, detail);
    }

    public static Problem notFound(String detail) {
        return of("not-found", "There is no such thing", 404, detail);
    }

    public static Problem unavailable(String detail) {
        return of("unavailable", "The service can't answer now", 503, detail);
    }

    /** This problem with one more member. */
    public Problem with(String member, Object value) {
        Map<String, Object> all = new LinkedHashMap<>(extensions);
        all.put(member, value);
        return new Problem(type, title, status, detail, all);
    }

    /** The JSON object, members of the standard first. */
    Map<String, Object> toMembers() {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("type", type);
        members.put("title", title);
        members.put("status", status);
        members.put("detail", detail);
        extensions.forEach(members::putIfAbsent);
        return members;
    }
}
