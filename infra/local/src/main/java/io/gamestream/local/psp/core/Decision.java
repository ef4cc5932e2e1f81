package io.gamestream.local.psp.core;

import java.util.List;

/**
 * What the rules have decided: all of it happens, or nothing.
 *
 * @param objects as they are afterwards; those that the answer and the events show are always among them
 */
public record Decision(List<PspObject> objects, List<PspEvent> events, List<Task> tasks, Answer answer) {

    public Decision {
        objects = List.copyOf(objects);
        events = List.copyOf(events);
        tasks = List.copyOf(tasks);
    }

    /** The same without any effect, answered otherwise. */
    public Decision nothingBut(Answer other) {
        return new Decision(List.of(), List.of(), List.of(), other);
    }

    /** The same effect, answered otherwise. */
    public Decision answered(Answer other) {
        return new Decision(objects, events, tasks, other);
    }
}
