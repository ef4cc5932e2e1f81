package io.gamestream.chaos.payments.check;

import java.util.List;
import java.util.Map;

/**
 * The state once everything was quiet, and what replays and a rebuild made of it.
 *
 * @param stillBusy what was still going on when the wait for quiet was over
 * @param orphans payment intents whose webhooks still wait for an order
 * @param compared whether the books were compared at all, and all of them
 * @param breaks open differences of the last reconciliation, but for those too young to tell
 * @param replayedTwice dead letters that no longer were open, and were replayed once more
 * @param beforeSecondReplay digest of everything about each order, before the dead letters were replayed a second time
 * @param afterSecondReplay the same after it
 * @param beforeRebuild digest of each order's store, before it was thrown away
 * @param afterRebuild the same, built again from the topics and with every order placed and told its last webhook once more
 */
public record Settlement(
        List<String> stillBusy,
        List<String> orphans,
        boolean compared,
        List<String> breaks,
        int replayedTwice,
        Map<String, Long> beforeSecondReplay,
        Map<String, Long> afterSecondReplay,
        Map<String, Long> beforeRebuild,
        Map<String, Long> afterRebuild) {

    public static final Settlement QUIET =
            new Settlement(List.of(), List.of(), true, List.of(), 0, Map.of(), Map.of(), Map.of(), Map.of());

    public Settlement {
        stillBusy = List.copyOf(stillBusy);
        orphans = List.copyOf(orphans);
        breaks = List.copyOf(breaks);
        beforeSecondReplay = Map.copyOf(beforeSecondReplay);
        afterSecondReplay = Map.copyOf(afterSecondReplay);
        beforeRebuild = Map.copyOf(beforeRebuild);
        afterRebuild = Map.copyOf(afterRebuild);
    }
}
