/** Starts the real parts, carries the plan out on them, and collects what came of it. */
@NullMarked
package io.gamestream.chaos.sessions.run;

import org.jspecify.annotations.NullMarked;
