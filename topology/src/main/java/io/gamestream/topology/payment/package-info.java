/** Payments: the saga of an order's money, exactly once, and the ledger (docs/adr/0010, docs/payments.md). */
@NullMarked
package io.gamestream.topology.payment;

import org.jspecify.annotations.NullMarked;
