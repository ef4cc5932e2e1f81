/** A real Kafka, Postgres, Redis and schema registry on one machine, from what Maven Central serves. */
@NullMarked
package io.gamestream.local.stack;

import org.jspecify.annotations.NullMarked;
