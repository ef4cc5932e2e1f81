package io.gamestream.chaos.sessions.launch;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamestream.schemas.sessions.SessionStatus;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The evening on which everybody comes at once: ten times as many requests as there are slots, all at the router's door together,
 * and {@code kill -9} of {@code sessions} while it grants. What is checked are committed records alone.
 */
class LaunchIT {

    private static final int PLAYERS = Integer.getInteger("launch.players", 10_000);
    private static final int SLOTS = PLAYERS / 10;
    private static final int SLOTS_PER_HOST = 4;

    /** Grants that are committed before the kill. */
    private static final int MIDDLE = SLOTS * 3 / 10;

    /** Slots that are given back: so many one by one, and so many more at once. */
    private static final int ONE_BY_ONE = 20;

    private static final int AT_ONCE = SLOTS / 20;

    @Test
    void grantsExactlyWhatThereIsAndTheOthersWaitInOrder(@TempDir Path dir) throws Exception {
        try (LaunchStage stage = LaunchStage.start(dir)) {
            Door door = stage.door();
            Committed committed = stage.committed();
            door.registerHosts(SLOTS / SLOTS_PER_HOST, SLOTS_PER_HOST);
            committed.await("the slots", () -> committed.usable() == SLOTS);
            door.probe();

            CompletableFuture<List<Integer>> answers = CompletableFuture.supplyAsync(() -> door.askAll(PLAYERS));
            committed.await(
                    "some grants", () -> committed.of(SessionStatus.GRANTED).size() >= MIDDLE);
            stage.killSessions();
            committed.readToEnd();
            int before = committed.of(SessionStatus.GRANTED).size();
            stage.startSessions();

            assertThat(answers.get()).hasSize(PLAYERS).allMatch(status -> status / 100 == 2);
            committed.await("decisions", () -> committed.sessions().size() == PLAYERS);
            Launch launch = new Launch(committed);
            committed.await("positions", () -> launch.lineAsTold().size() == PLAYERS - SLOTS);
            committed.readToEnd();

            assertThat(before).as("the kill was in the middle").isBetween(MIDDLE, SLOTS - 1);
            launch.assertEachIsGrantedOrWaits(PLAYERS, SLOTS);
            assertThat(launch.arrivals())
                    .as("came otherwise than in the order of the line")
                    .isNotEqualTo(launch.lineByTime());

            List<String> line = launch.lineByTime();
            List<String> granted = committed.of(SessionStatus.GRANTED);
            List<String> next = new ArrayList<>();
            for (int i = 0; i < ONE_BY_ONE; i++) {
                next.add(line.get(i));
                freed(door, committed, granted.subList(i, i + 1), next.size());
                assertThat(grantedSince(granted, committed)).containsExactlyInAnyOrderElementsOf(next);
            }
            next.addAll(line.subList(ONE_BY_ONE, ONE_BY_ONE + AT_ONCE));
            freed(door, committed, granted.subList(ONE_BY_ONE, ONE_BY_ONE + AT_ONCE), next.size());
            committed.readToEnd();
            assertThat(grantedSince(granted, committed)).containsExactlyInAnyOrderElementsOf(next);
            launch.assertGrantsAreTheSlots();
        }
    }

    private static void freed(Door door, Committed committed, List<String> sessions, int more) throws Exception {
        door.leave(sessions);
        committed.await(
                "the next in line",
                () -> committed.of(SessionStatus.GRANTED).size() >= SLOTS + more
                        && committed.of(SessionStatus.ENDED).size() >= more);
    }

    private static List<String> grantedSince(List<String> before, Committed committed) {
        List<String> all = new ArrayList<>(committed.of(SessionStatus.GRANTED));
        all.removeAll(before);
        return all;
    }
}
