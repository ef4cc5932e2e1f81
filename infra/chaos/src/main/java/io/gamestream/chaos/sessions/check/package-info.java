/** What must hold, as pure functions over what a run has left behind. */
@NullMarked
package io.gamestream.chaos.sessions.check;

import org.jspecify.annotations.NullMarked;
