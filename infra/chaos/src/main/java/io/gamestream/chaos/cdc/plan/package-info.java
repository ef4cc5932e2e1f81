/** What is done to whom and when, as a pure function of a seed; and whether it really happened. */
@NullMarked
package io.gamestream.chaos.cdc.plan;

import org.jspecify.annotations.NullMarked;
