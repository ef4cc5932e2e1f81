/** Dead letters looked at and replayed: records of any topology, and orders that are parked. */
@NullMarked
package io.gamestream.local.dlq;

import org.jspecify.annotations.NullMarked;
