/** Finding games: one Lucene index over the whole catalogue in every instance, rebuilt from the view topics at start. */
@NullMarked
package io.gamestream.serving.search;

import org.jspecify.annotations.NullMarked;
