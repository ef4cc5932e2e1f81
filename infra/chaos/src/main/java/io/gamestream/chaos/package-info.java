/** Runs that kill parts of the product at random moments and check that nothing was lost. */
@NullMarked
package io.gamestream.chaos;

import org.jspecify.annotations.NullMarked;
