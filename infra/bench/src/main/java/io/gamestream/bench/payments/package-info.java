/** Orders from the gateway to the player's library, at the speed that is asked for and as fast as it goes. */
@NullMarked
package io.gamestream.bench.payments;

import org.jspecify.annotations.NullMarked;
