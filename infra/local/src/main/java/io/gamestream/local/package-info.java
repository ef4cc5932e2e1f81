/** How the product runs on one machine: the embedded stack and the launcher's commands. */
@NullMarked
package io.gamestream.local;

import org.jspecify.annotations.NullMarked;
