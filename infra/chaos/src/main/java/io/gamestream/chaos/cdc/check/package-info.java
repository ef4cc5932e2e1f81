/** What was committed against what a reader of the topic sees; pure, so that it can be shown to catch planted faults. */
@NullMarked
package io.gamestream.chaos.cdc.check;

import org.jspecify.annotations.NullMarked;
