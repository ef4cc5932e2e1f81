package io.gamestream.chaos.sessions.check;

import io.gamestream.schemas.sessions.HostHealth;
import io.gamestream.schemas.sessions.SlotEvent;
import io.gamestream.schemas.sessions.SlotState;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** D1, D6: each slot by its committed events alone. Pure. */
final class SlotCheck {

    static final Set<SlotState> LIVE =
            EnumSet.of(SlotState.RESERVED, SlotState.STARTING, SlotState.ACTIVE, SlotState.GRACE);

    private final String slot;
    private final Findings findings;
    private SlotState state = SlotState.UNKNOWN;
    private long version;
    private long token;
    private @Nullable String session;

    private SlotCheck(String slot, Findings findings) {
        this.slot = slot;
        this.findings = findings;
    }

    static void check(Evidence evidence, Findings findings) {
        evidence.slotEvents.forEach((slot, events) -> new SlotCheck(slot, findings).all(events));
    }

    private void all(List<SlotEvent> events) {
        for (SlotEvent event : events) {
            if (event.getVersion() != version + 1) {
                wrong("has version " + event.getVersion() + " after " + version);
            }
            if (event.getFrom() != state) {
                wrong("version " + event.getVersion() + " goes from " + event.getFrom() + " and was " + state);
            }
            if (event.getTo() == SlotState.RESERVED) {
                grant(event);
            } else if (session != null && !session.equals(event.getSessionId())) {
                wrong("version " + event.getVersion() + " is of session " + event.getSessionId()
                        + ", and the slot is that of " + session);
            }
            session = LIVE.contains(event.getTo()) ? event.getSessionId() : null;
            state = event.getTo();
            version = event.getVersion();
        }
    }

    private void grant(SlotEvent event) {
        if (session != null) {
            wrong("is granted to session " + event.getSessionId() + " while it is that of " + session);
        }
        if (event.getSessionId() == null
                || Objects.requireNonNullElse(event.getPlayerId(), "").isEmpty()) {
            wrong("is granted to nobody, version " + event.getVersion());
        }
        if (event.getToken() <= token) {
            wrong("is granted under token " + event.getToken() + " after " + token);
        }
        token = event.getToken();
        if (event.getHostHealth() != HostHealth.ALIVE || event.getDraining()) {
            findings.add(
                    Gate.D6,
                    slot,
                    "version " + event.getVersion() + " grants on a host that is " + event.getHostHealth()
                            + (event.getDraining() ? " and drained" : ""));
        }
    }

    private void wrong(String what) {
        findings.add(Gate.D1, slot, what);
    }
}
