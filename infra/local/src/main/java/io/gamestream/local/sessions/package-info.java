/**
 * The part of the world that plays: hosts in data centres, players who ask for sessions, and what goes wrong with them. What
 * happens is decided by pure classes ({@code Wishes}, {@code Incidents}, {@code Geography}); the others only carry it out, over HTTP.
 */
@NullMarked
package io.gamestream.local.sessions;

import org.jspecify.annotations.NullMarked;
