/** {@code ./backbone chaos payments}: no player is charged twice, and no paid game is missing, whatever dies. */
@NullMarked
package io.gamestream.chaos.payments;

import org.jspecify.annotations.NullMarked;
