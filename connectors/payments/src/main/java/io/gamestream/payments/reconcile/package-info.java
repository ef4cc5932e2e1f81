/** Compares the PSP's books with the ledger and the journal. */
@NullMarked
package io.gamestream.payments.reconcile;

import org.jspecify.annotations.NullMarked;
