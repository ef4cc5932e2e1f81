/** How the house configures Kafka's clients, and reads their answers. */
@NullMarked
package io.gamestream.runtime.kafka;

import org.jspecify.annotations.NullMarked;
