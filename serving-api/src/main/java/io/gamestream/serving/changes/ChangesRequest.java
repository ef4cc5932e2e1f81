package io.gamestream.serving.changes;

import io.gamestream.runtime.http.Parameters;
import io.gamestream.runtime.http.Problem;
import io.gamestream.runtime.http.ProblemException;
import io.gamestream.serving.view.View;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a client asks for, checked.
 *
 * @param after where to resume; null for a client without a past
 * @param fromBeginning whether a client without a past wants all that is kept, or starts now
 * @param key of the only changes that it wants; null for all
 */
record ChangesRequest(
        View view,
        @Nullable StreamPosition after,
        boolean fromBeginning,
        @Nullable String key) {

    /**
     * Reads a request.
     *
     * @param lastEventId the header of that name. It wins over the parameters: a browser that connects again sends it to the very
     *     address that it was given at first
     * @throws ProblemException that names what is wrong
     */
    static ChangesRequest of(String viewName, Parameters parameters, @Nullable String lastEventId) {
        View view = view(viewName);
        String after = parameters.text("after").orElse(null);
        if (after != null && parameters.text("from").isPresent()) {
            throw new ProblemException(
                    Problem.badParameter("from", "from is given beside after (expected: one of them)"));
        }
        boolean hasHeader = lastEventId != null && !lastEventId.isBlank();
        String id = hasHeader ? lastEventId : after;
        StreamPosition position = id == null ? null : position(view, id.strip(), hasHeader ? "Last-Event-ID" : "after");
        return new ChangesRequest(
                view,
                position,
                parameters.word("from").equals("beginning"),
                parameters.text("key").orElse(null));
    }

    /** How ids name a view. */
    static char code(View view) {
        return view.label().charAt(0);
    }

    private static StreamPosition position(View view, String id, String where) {
        StreamPosition position = StreamPosition.decode(id)
                .orElseThrow(() -> new ProblemException(Problem.badParameter(
                        where,
                        where + " is not an id of an event (expected: one as it came, or none for a new start)")));
        if (position.view() != code(view)) {
            throw new ProblemException(Problem.badParameter(
                    where, where + " is an id of another view's event (expected: one of " + view.label() + ")"));
        }
        return position;
    }

    private static View view(String name) {
        return Arrays.stream(View.values())
                .filter(view -> view.label().equals(name))
                .findFirst()
                .orElseThrow(() -> new ProblemException(Problem.notFound("There is no view " + name + " (there are: "
                        + Arrays.stream(View.values()).map(View::label).collect(Collectors.joining(", ")) + ").")));
    }
}
