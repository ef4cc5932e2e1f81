package io.gamestream.topology.session;

/** SHA-256 over everything that decisions say, in their order: two runs that decide the same have the same one. */
public final class DecisionHash {

    private final AvroHash hash = new AvroHash();
    private long decisions;

    /** One more decision. */
    public void add(CellDecision decision) {
        decisions++;
        hash.addAll(decision.assignments());
        hash.addAll(decision.slotEvents());
        hash.addAll(decision.sessionEvents());
        hash.addAll(decision.hostCommands());
        hash.addAll(OutputRules.capacity(decision));
    }

    public long decisions() {
        return decisions;
    }

    /** Hexadecimal; more can be added afterwards. */
    public String value() {
        return hash.value();
    }
}
