package io.gamestream.local.psp.core;

import java.util.Optional;

/** What the rules may look at. */
public interface PspView {

    Optional<Intent> intent(String id);

    Optional<Charge> charge(String id);

    Optional<Refund> refund(String id);

    Optional<Dispute> dispute(String id);
}
