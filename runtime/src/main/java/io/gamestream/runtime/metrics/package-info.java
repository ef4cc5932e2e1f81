/** One Prometheus registry per process. */
@NullMarked
package io.gamestream.runtime.metrics;

import org.jspecify.annotations.NullMarked;
