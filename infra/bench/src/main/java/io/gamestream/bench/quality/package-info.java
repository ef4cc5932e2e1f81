/** How near to their players sessions are placed, by our rules and by others. */
@NullMarked
package io.gamestream.bench.quality;

import org.jspecify.annotations.NullMarked;
