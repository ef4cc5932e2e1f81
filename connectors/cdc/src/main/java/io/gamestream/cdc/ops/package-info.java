/** What operators see and may ask for. */
@NullMarked
package io.gamestream.cdc.ops;

import org.jspecify.annotations.NullMarked;
