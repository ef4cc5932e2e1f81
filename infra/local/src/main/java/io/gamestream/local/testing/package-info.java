/** The stack as integration tests of all modules get it: embedded, external or in containers. */
@NullMarked
package io.gamestream.local.testing;

import org.jspecify.annotations.NullMarked;
