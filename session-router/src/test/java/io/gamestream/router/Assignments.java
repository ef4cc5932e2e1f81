package io.gamestream.router;

import io.gamestream.schemas.catalog.GpuClass;
import io.gamestream.schemas.sessions.Assignment;
import io.gamestream.schemas.sessions.SessionStatus;

/** What a cell says of a session of ann's. */
final class Assignments {

    private Assignments() {}

    /** On slot 0 of h-1 under token 1, where it has a slot. */
    static Assignment of(String sessionId, SessionStatus status) {
        boolean held = status == SessionStatus.GRANTED || status == SessionStatus.RESUMABLE;
        return Assignment.newBuilder()
                .setPlayerId("ann")
                .setSessionId(sessionId)
                .setTicketId(sessionId)
                .setAttempt(1)
                .setStatus(status)
                .setCellId("eu-west-1")
                .setRegion("eu-west")
                .setGameId("g-1")
                .setGpuClass(GpuClass.STANDARD)
                .setHostId(held ? "h-1" : null)
                .setHostAddress(held ? "h-1:7000" : null)
                .setBootId(held ? "b-1" : null)
                .setSlot(held ? 0 : -1)
                .setToken(held ? 1 : 0)
                .setRequestedAt(1_000)
                .build();
    }
}
