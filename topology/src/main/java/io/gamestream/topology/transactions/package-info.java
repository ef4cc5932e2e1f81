/** Ends transactions that partitions hold open and no coordinator knows of (KIP-664): readers would wait for them for ever. */
@NullMarked
package io.gamestream.topology.transactions;

import org.jspecify.annotations.NullMarked;
