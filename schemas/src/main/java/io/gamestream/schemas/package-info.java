/** The shared language: contracts, the topic catalogue and the serde. No Kafka Streams, no Spark. */
@NullMarked
package io.gamestream.schemas;

import org.jspecify.annotations.NullMarked;
