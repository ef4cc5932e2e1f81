/** Changes of views as server-sent events, resumable without loss or duplicates. */
@NullMarked
package io.gamestream.serving.changes;

import org.jspecify.annotations.NullMarked;
