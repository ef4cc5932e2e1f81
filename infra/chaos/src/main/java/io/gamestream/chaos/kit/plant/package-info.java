/** How mistakes and faults get into a service of a run: woven in by an agent. They exist in no service. */
@NullMarked
package io.gamestream.chaos.kit.plant;

import org.jspecify.annotations.NullMarked;
