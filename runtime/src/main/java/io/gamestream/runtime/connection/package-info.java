/** Where Kafka, the registry, Postgres and Redis are: the same four records in every service. */
@NullMarked
package io.gamestream.runtime.connection;

import org.jspecify.annotations.NullMarked;
