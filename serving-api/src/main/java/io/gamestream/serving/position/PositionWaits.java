package io.gamestream.serving.position;

import io.gamestream.serving.view.View;
import io.gamestream.serving.view.ViewTable;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** Reads that wait for a position. Whoever proves positions calls {@link #settle}; a time that is up needs nobody. */
public final class PositionWaits {

    private final PositionSettings settings;
    private final Queue<Wait> waits = new ConcurrentLinkedQueue<>();
    private final AtomicInteger count = new AtomicInteger();
    private final Runnable wake;

    private record Wait(ViewTable table, long lsn, Context context, Promise<Boolean> done) {}

    /** @param wake called when somebody begins to wait */
    public PositionWaits(PositionSettings settings, Runnable wake) {
        this.settings = settings;
        this.wake = wake;
    }

    public PositionSettings settings() {
        return settings;
    }

    /** Whether anybody waits. */
    public boolean any() {
        return !waits.isEmpty();
    }

    /** The views that somebody waits for. */
    Set<View> views() {
        Set<View> views = EnumSet.noneOf(View.class);
        waits.forEach(wait -> views.add(wait.table().view()));
        return views;
    }

    /** Whether no more may wait. */
    public boolean full() {
        return count.get() >= settings.maxWaiting();
    }

    /** True as soon as the table has applied the position, false when it hasn't after the time. Never fails. */
    public Future<Boolean> await(Vertx vertx, ViewTable table, long lsn, long millis) {
        if (applied(table, lsn)) {
            return Future.succeededFuture(true);
        }
        if (millis <= 0) {
            return Future.succeededFuture(false);
        }
        Promise<Boolean> done = Promise.promise();
        Wait wait = new Wait(table, lsn, vertx.getOrCreateContext(), done);
        count.incrementAndGet();
        waits.add(wait);
        wake.run();
        long timer = vertx.setTimer(millis, fired -> done.tryComplete(applied(table, lsn)));
        return done.future().onComplete(ended -> {
            vertx.cancelTimer(timer);
            if (waits.remove(wait)) {
                count.decrementAndGet();
            }
        });
    }

    /** Lets those go on whose position is applied. */
    void settle() {
        for (Iterator<Wait> each = waits.iterator(); each.hasNext(); ) {
            Wait wait = each.next();
            if (applied(wait.table(), wait.lsn())) {
                wait.context().runOnContext(now -> wait.done().tryComplete(true));
            }
        }
    }

    private static boolean applied(ViewTable table, long lsn) {
        return table.readable() && table.freshness().lsn() >= lsn;
    }
}
