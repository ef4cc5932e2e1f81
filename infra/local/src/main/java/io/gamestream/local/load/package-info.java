/** Imports of data sets: a file on one side, rows in Postgres and plays in Kafka on the other, each exactly once. */
@NullMarked
package io.gamestream.local.load;

import org.jspecify.annotations.NullMarked;
