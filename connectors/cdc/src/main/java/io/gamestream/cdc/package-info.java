/** Change data capture: Postgres to Kafka, exactly once. */
@NullMarked
package io.gamestream.cdc;

import org.jspecify.annotations.NullMarked;
