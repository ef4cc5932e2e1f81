/** Mistakes and faults that are planted into the services of a run. */
@NullMarked
package io.gamestream.chaos.sessions.plant;

import org.jspecify.annotations.NullMarked;
