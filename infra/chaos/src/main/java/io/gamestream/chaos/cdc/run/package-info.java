/** Starts the real parts, carries the plan out on them, and reads what came of it. */
@NullMarked
package io.gamestream.chaos.cdc.run;

import org.jspecify.annotations.NullMarked;
