/** The launcher's commands. */
@NullMarked
package io.gamestream.local.cli;

import org.jspecify.annotations.NullMarked;
