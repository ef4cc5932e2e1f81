/** Tests without any server. */
@NullMarked
package io.gamestream.cdc.capture;

import org.jspecify.annotations.NullMarked;
