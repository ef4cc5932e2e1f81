package io.gamestream.serving.read;

import io.gamestream.serving.view.View;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/** What a read answers with, from the tables of one partition. */
interface Resource {

    /** The view that decides the partition and how fresh the answer is. */
    View view();

    /** Whether {@link #find} has all that it needs in tables. */
    default boolean isReady() {
        return true;
    }

    /** The same with all that it needs; fails where that can't be had now. */
    default Future<Resource> ready(ItemKey key) {
        return Future.succeededFuture(this);
    }

    /** The item, or null where there is none. Takes no lock and does no I/O. */
    @Nullable
    Found find(ItemKey key);
}
