/** Tests without any server. */
@NullMarked
package io.gamestream.cdc.position;

import org.jspecify.annotations.NullMarked;
