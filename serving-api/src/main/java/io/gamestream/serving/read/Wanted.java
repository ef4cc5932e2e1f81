package io.gamestream.serving.read;

import io.gamestream.runtime.http.Problem;
import io.gamestream.runtime.http.ProblemException;
import io.gamestream.serving.position.Lsn;
import io.gamestream.serving.position.PositionSettings;
import io.vertx.core.MultiMap;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The position that a read asks for.
 *
 * @param lsn 0 where it asks for none
 * @param waitMillis at most
 */
record Wanted(long lsn, long waitMillis) {

    static final Wanted NOTHING = new Wanted(0, 0);

    /**
     * What the headers ask for.
     *
     * @throws ProblemException for headers that are not understood: ignoring them would break a promise silently
     */
    static Wanted of(MultiMap headers, PositionSettings settings) {
        String token = single(headers, Headers.POSITION);
        if (token == null) {
            return NOTHING;
        }
        OptionalLong lsn = Lsn.parse(token.trim());
        if (lsn.isEmpty()) {
            throw refused("Backbone-Position", token, "pg:<LSN> such as pg:0/16B3748");
        }
        return new Wanted(lsn.getAsLong(), waitMillis(single(headers, Headers.WAIT), settings));
    }

    private static long waitMillis(@Nullable String text, PositionSettings settings) {
        if (text == null) {
            return settings.defaultWait().toMillis();
        }
        long max = settings.maxWait().toMillis();
        try {
            long millis = Long.parseLong(text.trim());
            if (millis >= 0 && millis <= max) {
                return millis;
            }
        } catch (NumberFormatException e) {
            // Said below, in the same words as for a number out of bounds.
        }
        throw refused("Backbone-Wait-Ms", text, "a whole number from 0 to " + max);
    }

    private static @Nullable String single(MultiMap headers, CharSequence name) {
        String first = headers.get(name);
        if (first == null) {
            return null;
        }
        List<String> all = headers.getAll(name);
        if (all.size() > 1) {
            throw refused(name.toString(), all.size() + " times", "once");
        }
        return first;
    }

    private static ProblemException refused(String header, String given, String expected) {
        return new ProblemException(Problem.of(
                        "bad-header",
                        "A header is not valid",
                        400,
                        header + ": " + given + " (expected: " + expected + ")")
                .with("header", header));
    }
}
