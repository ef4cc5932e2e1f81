/** How the house runs a Kafka Streams application: its properties, dead letters, memory, readiness and end. */
@NullMarked
package io.gamestream.topology.streams;

import org.jspecify.annotations.NullMarked;
