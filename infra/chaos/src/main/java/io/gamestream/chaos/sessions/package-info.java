/** Kills and checks of sessions: no slot twice, none leaked, no ticket lost. */
@NullMarked
package io.gamestream.chaos.sessions;

import org.jspecify.annotations.NullMarked;
