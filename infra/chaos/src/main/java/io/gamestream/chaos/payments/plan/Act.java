package io.gamestream.chaos.payments.plan;

/** What is done to a process. */
public enum Act {
    KILL("kill -9"),
    PAUSE("SIGSTOP, SIGCONT"),
    RESTART("stopped and started"),
    /** Only of the worker. */
    ZOMBIE("SIGSTOP, a second instance takes over, SIGCONT");

    private final String meaning;

    Act(String meaning) {
        this.meaning = meaning;
    }

    public String meaning() {
        return meaning;
    }
}
