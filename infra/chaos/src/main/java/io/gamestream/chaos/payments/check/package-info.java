/** What must hold of payments: pure functions of the evidence of a run. */
@NullMarked
package io.gamestream.chaos.payments.check;

import org.jspecify.annotations.NullMarked;
