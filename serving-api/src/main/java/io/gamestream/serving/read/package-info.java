/** Reads of one item: users, libraries, games, orders. From memory where the key lives here, else from another instance. */
@NullMarked
package io.gamestream.serving.read;

import org.jspecify.annotations.NullMarked;
