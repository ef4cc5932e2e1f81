/** Tests without any server. */
@NullMarked
package io.gamestream.cdc.source;

import org.jspecify.annotations.NullMarked;
