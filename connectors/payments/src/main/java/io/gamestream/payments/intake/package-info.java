/** Order intake: one Postgres transaction per request, whatever a client repeats. */
@NullMarked
package io.gamestream.payments.intake;

import org.jspecify.annotations.NullMarked;
