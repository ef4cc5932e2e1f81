/** The truth log: everything that the simulator ever did, one line each. */
@NullMarked
package io.gamestream.local.psp.log;

import org.jspecify.annotations.NullMarked;
