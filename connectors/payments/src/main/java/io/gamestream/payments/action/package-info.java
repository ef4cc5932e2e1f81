/** What a player's client needs to finish a payment that waits for it, such as 3-D Secure. */
@NullMarked
package io.gamestream.payments.action;

import org.jspecify.annotations.NullMarked;
