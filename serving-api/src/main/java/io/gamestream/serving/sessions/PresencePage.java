package io.gamestream.serving.sessions;

import com.fasterxml.jackson.core.JsonGenerator;
import io.gamestream.serving.GameTitles;
import io.gamestream.serving.render.JsonMembers;
import io.gamestream.serving.sessions.PresenceTable.Row;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * What {@code /v1/presence} is asked for.
 *
 * @param region empty for all
 * @param gameId empty for all
 * @param after the last row of the page before; empty for the first page
 */
record PresencePage(Optional<String> region, Optional<String> gameId, Optional<Row> after, int limit) {

    /** The members of the answer, without the opening brace: how many players in all, and then where. */
    byte[] members(List<Row> rows, GameTitles titles) {
        List<Row> asked = rows.stream()
                .filter(row -> region.map(row.place().region()::equals).orElse(true))
                .filter(row -> gameId.map(row.place().gameId()::equals).orElse(true))
                .toList();
        List<Row> rest = asked.stream()
                .filter(row ->
                        after.map(last -> Row.ORDER.compare(row, last) > 0).orElse(true))
                .toList();
        List<Row> page = rest.subList(0, Math.min(limit, rest.size()));
        return JsonMembers.of(json -> {
            counts(json, asked.stream().map(Row::presence).reduce(Presence.NONE, Presence::plus));
            json.writeArrayFieldStart("items");
            for (Row row : page) {
                json.writeStartObject();
                json.writeStringField("region", row.place().region());
                json.writeStringField("gameId", row.place().gameId());
                json.writeStringField("title", titles.title(row.place().gameId()));
                counts(json, row.presence());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeStringField(
                    "nextCursor", page.size() < rest.size() ? PresenceCursor.encode(page.get(page.size() - 1)) : null);
        });
    }

    private static void counts(JsonGenerator json, Presence presence) throws IOException {
        json.writeNumberField("players", presence.players());
        json.writeNumberField("playing", presence.playing());
        json.writeNumberField("starting", presence.starting());
        json.writeNumberField("resumable", presence.resumable());
        json.writeNumberField("queued", presence.queued());
    }
}
