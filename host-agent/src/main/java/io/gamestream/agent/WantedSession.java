package io.gamestream.agent;

/**
 * A session that the host is to run.
 *
 * @param token fencing token: of two sessions for a slot the one with the higher token counts
 */
public record WantedSession(int slot, long token, String sessionId, String playerId, String gameId) {}
