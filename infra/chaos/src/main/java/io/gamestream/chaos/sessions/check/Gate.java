package io.gamestream.chaos.sessions.check;

/** What must hold. Words as in docs/chaos.md. */
public enum Gate {
    D1("a slot's committed events are one chain, and no two sessions overlap on it"),
    D2("by the hosts' own word no slot runs two sessions or takes an older token, and none that is given up runs"),
    D3("once all is quiet every slot is free, and no host runs anything"),
    D4("every request that was taken has ended in a way that its player can read"),
    D5("a player never has two live sessions, by the log and by the hosts' own word"),
    D6("nothing is granted on a host that is drained, suspected, dead or unstable"),
    D7("nobody waits or is sent away while a slot is free"),
    D8("the cells' books add up, always"),
    D9("two replays of the log decide the same, and as was committed"),
    D10("a session that was played is one start, one end and one play"),
    D11("grants go on within the bound after a kill"),
    D12("a stream that nobody wants ends within its host's lease"),
    D13("a party is granted whole or not at all"),
    D14("one Idempotency-Key is one session"),
    D15("poison becomes dead letters, and nothing else does");

    private final String meaning;

    Gate(String meaning) {
        this.meaning = meaning;
    }

    public String meaning() {
        return meaning;
    }
}
