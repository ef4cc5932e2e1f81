/** Rules, state and truth log put together: what is decided is logged, then applied, then answered. */
@NullMarked
package io.gamestream.local.psp.engine;

import org.jspecify.annotations.NullMarked;
