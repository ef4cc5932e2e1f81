/** Avro in Confluent's wire format: the serde for Kafka clients and Streams, and the encoder and decoder below it. */
@NullMarked
package io.gamestream.schemas.serde;

import org.jspecify.annotations.NullMarked;
