package io.gamestream.local.psp.log;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.JsonNode;
import io.gamestream.local.psp.core.Answer;
import io.gamestream.local.psp.core.PspEvent;
import io.gamestream.local.psp.core.PspObject;
import io.gamestream.local.psp.core.Task;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A line of the truth log. Times are milliseconds of the epoch. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Entry.Change.class, name = "change"),
    @JsonSubTypes.Type(value = Entry.Refused.class, name = "refused"),
    @JsonSubTypes.Type(value = Entry.Delivery.class, name = "delivery"),
    @JsonSubTypes.Type(value = Entry.Plan.class, name = "plan")
})
public sealed interface Entry {

    long at();

    /**
     * Who asked for a change.
     *
     * @param operation such as {@code confirm}
     * @param key the idempotency key; null where there was none
     * @param fingerprint of path and parameters
     * @param fault that was made to happen, such as {@code error-after}
     */
    record Cause(
            String operation,
            @Nullable String key,
            @Nullable String fingerprint,
            @Nullable String requestId,
            @Nullable String fault) {}

    /**
     * Something was carried out, and this is all that it did.
     *
     * @param task that this carries out; null for a request
     */
    record Change(
            long seq,
            long at,
            Cause cause,
            List<PspObject> objects,
            List<PspEvent> events,
            List<Task> tasks,
            @Nullable String task,
            @Nullable Answer answer)
            implements Entry {

        public Change {
            objects = List.copyOf(objects);
            events = List.copyOf(events);
            tasks = List.copyOf(tasks);
        }

        /** The object with an id, as this change left it. */
        public PspObject object(String id) {
            return find(id).orElseThrow(() -> new IllegalStateException("entry " + seq + " has no object " + id));
        }

        /** The same; empty where this change had nothing to do with it. */
        public Optional<PspObject> find(String id) {
            return objects.stream().filter(object -> object.id().equals(id)).findFirst();
        }
    }

    /** A request that was not carried out, and why: it changed nothing. */
    record Refused(long at, Cause cause, int status) implements Entry {}

    /**
     * An attempt to tell of an event.
     *
     * @param attempt from 1
     * @param outcome {@code delivered}, {@code failed}, {@code lost}, {@code gave-up}, or {@code duplicate} and
     *     {@code forged} for one that is beside the proper one
     * @param status of the answer; 0 where there was none
     */
    record Delivery(long at, String event, int attempt, String outcome, int status) implements Entry {

        /** Whether nothing more will be sent for the event. */
        public boolean ends() {
            return "delivered".equals(outcome) || "lost".equals(outcome) || "gave-up".equals(outcome);
        }
    }

    /** The plan of misbehaviour was changed; null goes back to the one in the settings. */
    record Plan(long at, @Nullable JsonNode faults) implements Entry {}
}
