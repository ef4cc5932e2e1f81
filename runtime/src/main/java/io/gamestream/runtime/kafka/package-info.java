/** How the house configures Kafka's clients. */
@NullMarked
package io.gamestream.runtime.kafka;

import org.jspecify.annotations.NullMarked;
