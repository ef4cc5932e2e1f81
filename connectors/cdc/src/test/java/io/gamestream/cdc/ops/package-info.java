/** Tests without any server. */
@NullMarked
package io.gamestream.cdc.ops;

import org.jspecify.annotations.NullMarked;
