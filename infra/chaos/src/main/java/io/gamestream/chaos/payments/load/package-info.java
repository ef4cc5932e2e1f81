/** Players, staff and attackers, by a seed. */
@NullMarked
package io.gamestream.chaos.payments.load;

import org.jspecify.annotations.NullMarked;
