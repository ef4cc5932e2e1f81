package io.gamestream.bench.quality;

import java.util.ArrayList;
import java.util.List;
import org.ojalgo.optimisation.Expression;
import org.ojalgo.optimisation.ExpressionsBasedModel;
import org.ojalgo.optimisation.Optimisation;
import org.ojalgo.optimisation.Variable;

/**
 * How short the round trips of those who play can be at all: they are spread over the sites anew, as a transportation problem
 * (linear, with whole numbers at its corners). Nobody who has to decide when each comes, and can't move them, gets there.
 */
final class TransportBound {

    private final Geography geography;
    private final int[] slots;

    TransportBound(Geography geography, int[] slots) {
        this.geography = geography;
        this.slots = slots.clone();
    }

    /**
     * The least sum of round trip times, in ms.
     *
     * @param players by city; there are slots for all of them
     */
    double leastMs(int[] players) {
        ExpressionsBasedModel model = new ExpressionsBasedModel();
        List<Expression> sites = new ArrayList<>();
        for (int slot : slots) {
            sites.add(model.addExpression("site " + sites.size()).upper(slot));
        }
        for (int city = 0; city < players.length; city++) {
            if (players[city] == 0) {
                continue;
            }
            Expression all = model.addExpression("city " + city).level(players[city]);
            for (int site = 0; site < slots.length; site++) {
                Variable there = model.addVariable("from " + city + " at " + site)
                        .lower(0)
                        .weight(geography.rttMs(city, site));
                all.set(there, 1);
                sites.get(site).set(there, 1);
            }
        }
        Optimisation.Result result = model.minimise();
        if (!result.getState().isOptimal()) {
            throw new IllegalStateException("the bound is " + result.getState() + " (expected: optimal)");
        }
        return result.getValue();
    }
}
