package io.gamestream.serving.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamestream.schemas.sessions.SessionStatus;
import io.gamestream.serving.sessions.SessionEntry.Source;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is known of sessions, in whatever order it is read. */
class SessionTableTest {

    private static final long NOW = 1_000_000;
    private static final Place FRA = new Place("fra", "g-1");

    private final PresenceTable presence = new PresenceTable();
    private final SessionTable table = new SessionTable(Duration.ofSeconds(100), presence);

    @Test
    void anEndIsTheLastWordWhateverIsReadAfterIt() {
        put("s-1", "ann", SessionStatus.ACTIVE, Source.ASSIGNMENT, 5);
        put("s-1", "ann", SessionStatus.ENDED, Source.END, 2);
        put("s-1", "ann", SessionStatus.ACTIVE, Source.ASSIGNMENT, 7);
        assertThat(body("s-1")).isEqualTo("END@2");
        assertThat(players()).isZero();
    }

    @Test
    void recordsThatAreMetAgainChangeNothing() {
        put("s-1", "ann", SessionStatus.QUEUED, Source.ASSIGNMENT, 5);
        put("s-1", "ann", SessionStatus.ACTIVE, Source.ASSIGNMENT, 6);
        put("s-1", "ann", SessionStatus.QUEUED, Source.ASSIGNMENT, 5);
        put("s-1", "ann", SessionStatus.ACTIVE, Source.ASSIGNMENT, 6);
        assertThat(body("s-1")).isEqualTo("ASSIGNMENT@6");
        presence.refresh();
        assertThat(presence.rows()).containsExactly(new PresenceTable.Row(FRA, new Presence(1, 0, 0, 0)));
    }

    @Test
    void aSessionWhoseEndWasCompactedAwayLeavesWithThePlayersNextOne() {
        put("s-1", "ann", SessionStatus.ACTIVE, Source.ASSIGNMENT, 5);
        put("s-2", "ann", SessionStatus.ACTIVE, Source.ASSIGNMENT, 9);
        assertThat(table.find("s-1")).isEmpty();
        assertThat(players()).isEqualTo(1);
    }

    @Test
    void ofAPlayerWhoIsGoneNothingIsKnownThatWasToldBefore() {
        put("s-1", "ann", SessionStatus.ACTIVE, Source.ASSIGNMENT, 5);
        put("s-2", "bob", SessionStatus.ACTIVE, Source.ASSIGNMENT, 6);
        table.forgetPlayer("ann", 5);
        assertThat(table.find("s-1")).as("told after that").isPresent();
        table.forgetPlayer("ann", 7);
        table.forgetPlayer("cid", 8);
        assertThat(table.find("s-1")).isEmpty();
        assertThat(table.find("s-2")).isPresent();
        assertThat(players()).isEqualTo(1);
        put("s-3", "ann", SessionStatus.ACTIVE, Source.ASSIGNMENT, 9);
        assertThat(players()).isEqualTo(2);
    }

    @Test
    void whatEndedLongAgoIsForgotten() {
        put("s-1", "ann", SessionStatus.ENDED, Source.END, 2);
        put("s-2", "bob", SessionStatus.ACTIVE, Source.ASSIGNMENT, 3);
        table.forget(NOW + 100_000);
        assertThat(table.find("s-1")).isPresent();
        table.forget(NOW + 100_001);
        assertThat(table.find("s-1")).isEmpty();
        assertThat(table.find("s-2")).as("it lives").isPresent();
        table.put(
                "s-3", new SessionEntry("cid", FRA, SessionStatus.ENDED, Source.ASSIGNMENT, 1, NOW - 100_001, ""), NOW);
        assertThat(table.find("s-3")).as("read late").isEmpty();
    }

    @Test
    void pagesOfPlacesMeetEachOnce() {
        for (int i = 0; i < 7; i++) {
            Place place = new Place("fra", "g-" + i);
            table.put(
                    "s-" + i,
                    new SessionEntry("p-" + i, place, SessionStatus.ACTIVE, Source.ASSIGNMENT, 1, NOW, ""),
                    NOW);
        }
        put("s-x", "x", SessionStatus.QUEUED, Source.ASSIGNMENT, 1);
        presence.refresh();
        List<PresenceTable.Row> rows = presence.rows();
        assertThat(rows.get(0)).isEqualTo(new PresenceTable.Row(FRA, new Presence(1, 0, 0, 1)));
        PresenceTable.Row third = rows.get(2);
        assertThat(PresenceCursor.decode(PresenceCursor.encode(third)))
                .hasValueSatisfying(row ->
                        assertThat(PresenceTable.Row.ORDER.compare(row, third)).isZero());
        assertThat(PresenceCursor.decode("forged")).isEmpty();
        PresencePage next = new PresencePage(Optional.empty(), Optional.empty(), Optional.of(third), 2);
        assertThat(new String(next.members(rows, id -> "T"), StandardCharsets.UTF_8))
                .startsWith("\"players\":8,")
                .contains("g-3", "g-4", "nextCursor\":\"")
                .doesNotContain("g-2", "g-5");
    }

    private void put(String session, String player, SessionStatus status, Source source, long offset) {
        table.put(session, new SessionEntry(player, FRA, status, source, offset, NOW, source + "@" + offset), NOW);
    }

    private String body(String session) {
        return table.find(session).orElseThrow().members();
    }

    private int players() {
        presence.refresh();
        return presence.rows().stream()
                .mapToInt(row -> row.presence().players())
                .sum();
    }
}
