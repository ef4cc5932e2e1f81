/**
 * A seeded synthetic world: players, games, purchases and plays that the demo shows.
 *
 * <p>What happens next is a pure function ({@link io.gamestream.local.world.World}); the database and Kafka only hear of it.
 */
@NullMarked
package io.gamestream.local.world;

import org.jspecify.annotations.NullMarked;
