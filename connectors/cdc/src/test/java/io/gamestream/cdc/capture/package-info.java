/** Tests without any server, but for those whose names end in IT. */
@NullMarked
package io.gamestream.cdc.capture;

import org.jspecify.annotations.NullMarked;
