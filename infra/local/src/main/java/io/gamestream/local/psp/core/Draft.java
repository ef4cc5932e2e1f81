package io.gamestream.local.psp.core;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A decision in the making. */
final class Draft {

    private final Stamp stamp;
    private final Map<String, PspObject> objects = new LinkedHashMap<>();
    private final List<PspEvent> events = new ArrayList<>();
    private final List<Task> tasks = new ArrayList<>();
    private int ids;

    Draft(Stamp stamp) {
        this.stamp = stamp;
    }

    String newId(String prefix) {
        return stamp.id(prefix, ids++);
    }

    long now() {
        return stamp.seconds();
    }

    <T extends PspObject> T put(T object) {
        objects.put(object.id(), object);
        return object;
    }

    void event(String type, PspObject about) {
        put(about);
        events.add(new PspEvent(
                newId("evt"), stamp.seconds(), type, about.id(), stamp.requestId(), stamp.idempotencyKey()));
    }

    void later(long afterMs, Command.World what) {
        String id = what instanceof Command.ExpireAuthorization expiry ? Task.expiryOf(expiry.intent()) : newId("task");
        tasks.add(new Task(id, stamp.atMs() + afterMs, what));
    }

    Decision answer(PspObject shown) {
        put(shown);
        return new Decision(List.copyOf(objects.values()), events, tasks, Answer.of(shown));
    }

    Decision answer(ApiError error) {
        return new Decision(List.copyOf(objects.values()), events, tasks, Answer.of(error));
    }
}
