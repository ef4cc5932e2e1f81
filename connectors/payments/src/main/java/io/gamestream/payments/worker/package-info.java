/** Carries out the saga's commands: asynchronous, in order per key, result and offset in one transaction. */
@NullMarked
package io.gamestream.payments.worker;

import org.jspecify.annotations.NullMarked;
