/** Tests without any server. */
@NullMarked
package io.gamestream.cdc.mapping;

import org.jspecify.annotations.NullMarked;
