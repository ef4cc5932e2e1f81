/**
 * Any instance answers for any key: which instances have a partition, and how to ask them without waiting for a dead one.
 */
@NullMarked
package io.gamestream.serving.routing;

import org.jspecify.annotations.NullMarked;
