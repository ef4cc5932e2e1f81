/** What a point read costs beside a constant answer of the same server, and beside nginx. */
@NullMarked
package io.gamestream.bench.serving;

import org.jspecify.annotations.NullMarked;
