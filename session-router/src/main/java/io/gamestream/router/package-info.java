/** The door of players and hosts to sessions: requests go into Kafka, answers come from committed records (docs/adr/0011). */
@NullMarked
package io.gamestream.router;

import org.jspecify.annotations.NullMarked;
