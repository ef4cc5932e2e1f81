package io.gamestream.serving.search;

import com.fasterxml.jackson.core.JsonGenerator;
import io.gamestream.serving.render.JsonAnswer;
import io.gamestream.serving.render.JsonMembers;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** A page of games as JSON. */
final class ListAnswer {

    private ListAnswer() {}

    /** @param asOfMillis epoch ms; the page has everything up to then */
    static JsonAnswer of(GamePage page, boolean withFacets, long asOfMillis) {
        return new JsonAnswer(asOfMillis, JsonMembers.of(json -> {
            if (withFacets) {
                json.writeNumberField("total", page.total());
                if (page.matched() != null) {
                    json.writeStringField("matched", page.matched().label());
                }
                writeGenres(json, page.genres());
            }
            json.writeArrayFieldStart("items");
            for (GamePage.Item item : page.items()) {
                json.writeRawValue("{\"units\":" + item.units() + ',' + item.members());
            }
            json.writeEndArray();
            json.writeStringField(
                    "nextCursor", page.next() == null ? null : page.next().encode());
        }));
    }

    private static void writeGenres(JsonGenerator json, Map<String, Integer> genres) throws IOException {
        json.writeArrayFieldStart("genres");
        List<Map.Entry<String, Integer>> sorted = genres.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .toList();
        for (Map.Entry<String, Integer> genre : sorted) {
            json.writeStartObject();
            json.writeStringField("genre", genre.getKey());
            json.writeNumberField("count", genre.getValue());
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
