package io.gamestream.local.psp.core;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What the provider knows: the newest state of each object, bounded. Not thread-safe. */
public final class PspState implements PspView {

    /** The metadata by which clients look for what they have lost. */
    public static final String ORDER_ID = "order_id";

    private final Shelf<Intent> intents;
    private final Shelf<Charge> charges;
    private final Shelf<Refund> refunds;
    private final Shelf<Dispute> disputes;
    private final Shelf<BalanceRow> rows;
    private final NavigableSet<Task> tasks =
            new TreeSet<>(Comparator.comparingLong(Task::dueAt).thenComparing(Task::id));
    private final Map<String, Task> tasksById = new HashMap<>();

    /**
     * An empty state.
     *
     * @param max how many objects of a kind are kept; the oldest are forgotten, and asking for them is a 404
     */
    public PspState(int max) {
        intents = new Shelf<>(max, intent -> intent.metadata().get(ORDER_ID));
        charges = new Shelf<>(max, Charge::intent);
        refunds = new Shelf<>(max, Refund::intent);
        disputes = new Shelf<>(max, Dispute::intent);
        // A charge, its partial capture, its refunds and disputes.
        rows = new Shelf<>(Math.multiplyExact(max, 2), BalanceRow::source);
    }

    /** Takes over what was decided. */
    public void apply(List<PspObject> objects, List<Task> later, @Nullable String doneTask) {
        for (PspObject object : objects) {
            if (object instanceof Intent intent) {
                intents.put(intent.id(), intent);
                if (intent.status() == IntentStatus.SUCCEEDED || intent.status() == IntentStatus.CANCELED) {
                    forget(Task.expiryOf(intent.id()));
                }
            } else if (object instanceof Charge charge) {
                charges.put(charge.id(), charge);
            } else if (object instanceof Refund refund) {
                refunds.put(refund.id(), refund);
            } else if (object instanceof Dispute dispute) {
                disputes.put(dispute.id(), dispute);
            } else if (object instanceof BalanceRow row) {
                rows.put(row.id(), row);
            }
        }
        for (Task task : later) {
            tasks.add(task);
            tasksById.put(task.id(), task);
        }
        if (doneTask != null) {
            forget(doneTask);
        }
    }

    private void forget(String id) {
        Task done = tasksById.remove(id);
        if (done != null) {
            tasks.remove(done);
        }
    }

    /** The task that is due first. */
    public Optional<Task> nextTask() {
        return tasks.isEmpty() ? Optional.empty() : Optional.of(tasks.first());
    }

    public int openTasks() {
        return tasks.size();
    }

    @Override
    public Optional<Intent> intent(String id) {
        return intents.get(id);
    }

    @Override
    public Optional<Charge> charge(String id) {
        return charges.get(id);
    }

    @Override
    public Optional<Refund> refund(String id) {
        return refunds.get(id);
    }

    @Override
    public Optional<Dispute> dispute(String id) {
        return disputes.get(id);
    }

    /** A charge or a row of the balance: what answers are expanded with. */
    public Optional<PspObject> expansion(String id) {
        return charges.get(id).<PspObject>map(charge -> charge).or(() -> rows.get(id));
    }

    public Shelf<Intent> intents() {
        return intents;
    }

    public Shelf<Charge> charges() {
        return charges;
    }

    public Shelf<Refund> refunds() {
        return refunds;
    }

    public Shelf<Dispute> disputes() {
        return disputes;
    }

    public Shelf<BalanceRow> rows() {
        return rows;
    }
}
