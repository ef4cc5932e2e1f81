/** What is done to whom and when, as a pure function of a seed. */
@NullMarked
package io.gamestream.chaos.sessions.plan;

import org.jspecify.annotations.NullMarked;
