/** How fast and how promptly rows get from Postgres into Kafka, exactly once. */
@NullMarked
package io.gamestream.bench.cdc;

import org.jspecify.annotations.NullMarked;
