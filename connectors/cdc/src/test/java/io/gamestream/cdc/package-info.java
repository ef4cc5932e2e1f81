@NullMarked
package io.gamestream.cdc;

import org.jspecify.annotations.NullMarked;
