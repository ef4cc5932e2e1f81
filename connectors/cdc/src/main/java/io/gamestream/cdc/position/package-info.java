/** How far the capture is: read back at the start, written in the transaction of the rows. */
@NullMarked
package io.gamestream.cdc.position;

import org.jspecify.annotations.NullMarked;
