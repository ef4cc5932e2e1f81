package io.gamestream.local.sessions;

/** Sees what hosts and players truly do, at the moment in which they do it. On their event loop: it must not wait. */
public interface Witness {

    /** Looks away. */
    Witness NOBODY = new Witness() {

        @Override
        public void sees(HostFact fact) {}

        @Override
        public void sees(PlayerFact fact) {}
    };

    void sees(HostFact fact);

    void sees(PlayerFact fact);
}
