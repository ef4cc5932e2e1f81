package io.gamestream.chaos.sessions.check;

import java.util.ArrayList;
import java.util.List;

/** Collects what does not hold. */
final class Findings {

    private final List<Finding> all = new ArrayList<>();

    void add(Gate gate, String subject, String detail) {
        all.add(new Finding(gate, subject, detail));
    }

    List<Finding> all() {
        return all;
    }
}
