/** The life of a capture: engine, Kafka transactions, restarts. */
@NullMarked
package io.gamestream.cdc.capture;

import org.jspecify.annotations.NullMarked;
