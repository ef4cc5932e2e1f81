package io.gamestream.chaos.cdc.check;

/** What can be wrong with a topic. */
public enum Fault {
    LOST("committed, but not in the topic"),
    DUPLICATED("in the topic more than once"),
    REORDERED("in the topic after a later write of its key"),
    RESURRECTED("a row after its deletion"),
    WRONG_VALUE("a row with other columns than those that were committed"),
    NEVER_COMMITTED("a row that was rolled back or never written"),
    WRONG_OPERATION("header op does not say what happened"),
    LSN_NOT_RISING("header lsn is not above the one of the key's record before"),
    FINAL_STATE("the topic's last word on a key is not what the table says"),
    POSITION_BACK("a position record is behind the one before it"),
    POSITION_AHEAD("a position record promises rows that were not in the topic yet"),
    READ_TOO_EARLY("a reader that waited for its write's position would not have found the write"),
    POSITION_BEHIND("the last position does not reach the last commit");

    private final String meaning;

    Fault(String meaning) {
        this.meaning = meaning;
    }

    public String meaning() {
        return meaning;
    }
}
