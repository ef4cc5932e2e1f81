/** How fast sessions are placed. */
@NullMarked
package io.gamestream.bench.sessions;

import org.jspecify.annotations.NullMarked;
