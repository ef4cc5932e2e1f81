/** How long the product takes until it is ready, and how much memory it needs. */
@NullMarked
package io.gamestream.bench.startup;

import org.jspecify.annotations.NullMarked;
