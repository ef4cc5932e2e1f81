package io.gamestream.topology.catalog;

import io.gamestream.schemas.internal.catalog.OrderContribution;
import org.jspecify.annotations.Nullable;

/**
 * What an order added before a change and what it adds after it.
 *
 * @param lsn of the change
 */
record OrderChange(
        @Nullable OrderContribution before, @Nullable OrderContribution after, long lsn) {}
