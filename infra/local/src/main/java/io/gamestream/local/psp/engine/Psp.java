package io.gamestream.local.psp.engine;

import com.fasterxml.jackson.databind.JsonNode;
import io.gamestream.local.psp.core.Answer;
import io.gamestream.local.psp.core.ApiError;
import io.gamestream.local.psp.core.Command;
import io.gamestream.local.psp.core.Decision;
import io.gamestream.local.psp.core.Fate;
import io.gamestream.local.psp.core.PspEvent;
import io.gamestream.local.psp.core.PspRules;
import io.gamestream.local.psp.core.PspState;
import io.gamestream.local.psp.core.Shelf;
import io.gamestream.local.psp.core.Stamp;
import io.gamestream.local.psp.core.Task;
import io.gamestream.local.psp.core.Terms;
import io.gamestream.local.psp.engine.IdempotencyKeys.Used;
import io.gamestream.local.psp.log.Entry;
import io.gamestream.local.psp.log.Ref;
import io.gamestream.local.psp.log.TruthLog;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The provider without HTTP. Whatever it decides is in the truth log before anybody hears of it, so that it can be killed at
 * any moment and goes on where it was. One thread at a time.
 */
public final class Psp implements AutoCloseable {

    private final PspRules rules;
    private final PspState state;
    private final Shelf<LoggedEvent> events;
    private final IdempotencyKeys keys;
    private final long seed;
    private final TruthLog log;
    private Consumer<LoggedEvent> onEvent = event -> {};
    private @Nullable JsonNode plan;
    private long nextSeq;

    /** What came of a request; {@code change} has the objects that the answer shows. */
    public record Outcome(Entry.Change change, boolean replayed) {

        public Answer answer() {
            Answer answer = change.answer();
            if (answer == null) {
                throw new IllegalStateException("entry " + change.seq() + " answers nobody");
            }
            return answer;
        }
    }

    private Psp(Path file, Terms terms, Retention retention, long seed) {
        this.rules = new PspRules(terms);
        this.state = new PspState(retention.objects());
        this.events = new Shelf<>(retention.events());
        this.keys = new IdempotencyKeys(retention.keys(), retention.keyLifeMs());
        this.seed = seed;
        this.log = TruthLog.open(file, this::apply);
    }

    /**
     * Opens the provider as its log tells.
     *
     * @param file the truth log; made where it is missing
     * @param seed of ids
     * @throws IllegalStateException where another process uses the log, or it is damaged
     */
    public static Psp open(Path file, Terms terms, Retention retention, long seed) {
        return new Psp(file, terms, retention, seed);
    }

    /** Is told of each new event. */
    public void onEvent(Consumer<LoggedEvent> listener) {
        onEvent = listener;
    }

    public PspState state() {
        return state;
    }

    public Shelf<LoggedEvent> events() {
        return events;
    }

    public TruthLog log() {
        return log;
    }

    public int keys() {
        return keys.size();
    }

    /** The plan of misbehaviour that was set while running. */
    public Optional<JsonNode> plan() {
        return Optional.ofNullable(plan);
    }

    /** Sets or, with null, withdraws the plan; it outlives the process. */
    public void plan(@Nullable JsonNode faults, long nowMs) {
        write(new Entry.Plan(nowMs, faults));
    }

    /**
     * What to do with a key: empty is "carry it out", and then {@link #end} must follow; otherwise the answer that was given
     * before, or a refusal.
     */
    public Optional<Outcome> begin(Entry.Cause cause, String key, long nowMs) {
        if (!keys.begin(key)) {
            return Optional.of(refused(cause, ApiError.keyInUse(key), nowMs));
        }
        Optional<Used> used = keys.find(key, nowMs);
        if (used.isEmpty()) {
            return Optional.empty();
        }
        keys.end(key);
        if (!used.get().fingerprint().equals(cause.fingerprint())) {
            return Optional.of(refused(cause, ApiError.otherParameters(key), nowMs));
        }
        return Optional.of(new Outcome((Entry.Change) log.read(used.get().ref()), true));
    }

    public void end(String key) {
        keys.end(key);
    }

    /** Notes a request that was not carried out. */
    public Outcome refused(Entry.Cause cause, ApiError error, long nowMs) {
        log.append(new Entry.Refused(nowMs, cause, error.status()));
        return new Outcome(
                new Entry.Change(-1, nowMs, cause, List.of(), List.of(), List.of(), null, Answer.of(error)), false);
    }

    /**
     * Carries a request out and keeps its answer under its key.
     *
     * @param mask an error that is answered instead, with or without the effect; null for the truth
     */
    public Outcome execute(Command.Request request, Entry.Cause cause, Fate fate, @Nullable Mask mask, long nowMs) {
        Stamp stamp = new Stamp(seed, nextSeq, nowMs, cause.requestId(), cause.key());
        Decision decision = rules.decide(state, request, fate, stamp);
        if (mask != null) {
            Answer error = Answer.of(ApiError.internal());
            decision = mask == Mask.WITH_EFFECT ? decision.answered(error) : decision.nothingBut(error);
        }
        return new Outcome(write(change(decision, cause, null, nowMs)), false);
    }

    /** How an internal error hides what happened. */
    public enum Mask {
        WITH_EFFECT,
        WITHOUT_EFFECT
    }

    /** Lets the world do something at once. */
    public Outcome happen(Command.World what, Fate fate, long nowMs) {
        return happen(what, null, fate, nowMs);
    }

    /** Carries out the task that is due, if one is; false where none is. */
    public boolean work(Fate fate, long nowMs) {
        Task task = state.nextTask().orElse(null);
        if (task == null || task.dueAt() > nowMs) {
            return false;
        }
        happen(task.what(), task.id(), fate, nowMs);
        return true;
    }

    private Outcome happen(Command.World what, @Nullable String task, Fate fate, long nowMs) {
        Entry.Cause cause = new Entry.Cause(what.getClass().getSimpleName(), null, null, null, null);
        Decision decision = rules.decide(state, what, fate, new Stamp(seed, nextSeq, nowMs, null, null));
        return new Outcome(write(change(decision, cause, task, nowMs)), false);
    }

    /** Notes an attempt to deliver an event. */
    public void delivery(Entry.Delivery delivery) {
        write(delivery);
    }

    /** The change that an event tells of. */
    public Entry.Change changeOf(LoggedEvent event) {
        return (Entry.Change) log.read(event.ref());
    }

    @Override
    public void close() throws IOException {
        log.close();
    }

    private Entry.Change change(Decision decision, Entry.Cause cause, @Nullable String task, long nowMs) {
        return new Entry.Change(
                nextSeq,
                nowMs,
                cause,
                decision.objects(),
                decision.events(),
                decision.tasks(),
                task,
                decision.answer());
    }

    private <T extends Entry> T write(T entry) {
        Ref ref = log.append(entry);
        apply(entry, ref);
        if (entry instanceof Entry.Change change) {
            for (PspEvent event : change.events()) {
                events.get(event.id()).ifPresent(onEvent);
            }
        }
        return entry;
    }

    /** The one way in which state changes, live and at a restart. */
    private void apply(Entry entry, Ref ref) {
        if (entry instanceof Entry.Change change) {
            nextSeq = change.seq() + 1;
            state.apply(change.objects(), change.tasks(), change.task());
            for (PspEvent event : change.events()) {
                events.put(event.id(), new LoggedEvent(event, ref, 0, false, false));
            }
            Entry.Cause cause = change.cause();
            if (cause.key() != null && cause.fingerprint() != null) {
                keys.remember(cause.key(), cause.fingerprint(), ref, change.at());
            }
        } else if (entry instanceof Entry.Delivery delivery) {
            events.get(delivery.event())
                    .ifPresent(event -> events.put(
                            delivery.event(),
                            event.attempted(
                                    delivery.attempt(), "delivered".equals(delivery.outcome()), delivery.ends())));
        } else if (entry instanceof Entry.Plan set) {
            plan = set.faults();
        }
    }
}
