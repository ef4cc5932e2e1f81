/** The database's side: what it must have for an exact capture, checked before any row. */
@NullMarked
package io.gamestream.cdc.source;

import org.jspecify.annotations.NullMarked;
