/** The capture on a real Postgres, Kafka and registry. */
@NullMarked
package io.gamestream.cdc.it;

import org.jspecify.annotations.NullMarked;
