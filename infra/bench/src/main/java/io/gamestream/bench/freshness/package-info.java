/** How long a COMMIT takes to be visible through HTTP. */
@NullMarked
package io.gamestream.bench.freshness;

import org.jspecify.annotations.NullMarked;
