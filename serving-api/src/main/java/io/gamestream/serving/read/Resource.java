package io.gamestream.serving.read;

import io.gamestream.serving.view.View;
import org.jspecify.annotations.Nullable;

/** What a read answers with, from the tables of one partition. */
interface Resource {

    /** The view that decides the partition and how fresh the answer is. */
    View view();

    /** The item, or null where there is none. Takes no lock and does no I/O. */
    @Nullable
    Found find(ItemKey key);
}
