package io.gamestream.chaos.cdc.plan;

import io.gamestream.chaos.cdc.script.Step;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Whether a run has tried anything at all: a check that held because nothing happened is worth nothing. */
public final class Vacuity {

    private Vacuity() {}

    /**
     * Complaints; none for a run that means something.
     *
     * @param kinds of steps that were committed
     * @param rolledBack transactions that were rolled back
     * @param aborted records of Kafka transactions that a kill cut short
     */
    public static List<String> complaints(
            Plan plan, List<Done> done, Set<Class<? extends Step>> kinds, long rolledBack, long aborted) {
        List<String> complaints = new ArrayList<>();
        Set<Act> missed = EnumSet.noneOf(Act.class);
        plan.acts().forEach(planned -> missed.add(planned.act()));
        done.stream()
                .filter(Done::hit)
                .forEach(one -> missed.remove(one.planned().act()));
        missed.forEach(act -> complaints.add("never happened: " + act.meaning()));
        for (Done one : done) {
            if (!one.hit() && !missed.contains(one.planned().act())) {
                complaints.add("act " + one.number() + " missed its moment: "
                        + one.planned().act().meaning() + (one.remark().isEmpty() ? "" : " (" + one.remark() + ")"));
            }
            if (one.committed() == 0) {
                complaints.add("act " + one.number() + ": the workload committed nothing since the one before");
            }
            if (one.delivered() == 0 && one.planned().act() == Act.KILL_STREAMING) {
                complaints.add("act " + one.number() + ": nothing was delivered since the one before");
            }
        }
        for (Class<?> kind : Step.class.getPermittedSubclasses()) {
            if (kinds.stream().noneMatch(kind::equals)) {
                complaints.add("the workload never committed a " + kind.getSimpleName());
            }
        }
        if (rolledBack == 0) {
            complaints.add("the workload never rolled back");
        }
        if (aborted == 0 && plan.count(Act.KILL_STREAMING) >= 5) {
            complaints.add("no kill cut a Kafka transaction short: no reader could have seen a half one");
        }
        return complaints;
    }
}
