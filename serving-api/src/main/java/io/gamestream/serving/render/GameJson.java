package io.gamestream.serving.render;

import io.gamestream.schemas.views.GameView;
import java.time.LocalDate;

/** A game as {@code /v1/games/{id}} answers it; its sales are joined at read time. */
public final class GameJson {

    private GameJson() {}

    /** The members, without the opening brace. */
    public static byte[] render(GameView game) {
        return JsonMembers.of(json -> {
            json.writeStringField("id", game.getId());
            json.writeStringField("title", game.getTitle());
            json.writeStringField("description", game.getDescription());
            json.writeStringField("developer", game.getDeveloper());
            json.writeStringField("publisher", game.getPublisher());
            json.writeArrayFieldStart("genres");
            for (String genre : game.getGenres()) {
                json.writeString(genre);
            }
            json.writeEndArray();
            JsonMembers.money(json, "price", game.getPriceMinor(), game.getCurrency());
            LocalDate released = game.getReleaseDate();
            json.writeStringField("releaseDate", released == null ? null : released.toString());
            if (game.getAgeRating() == null) {
                json.writeNullField("ageRating");
            } else {
                json.writeNumberField("ageRating", game.getAgeRating());
            }
            json.writeStringField("gpuClass", game.getGpuClass());
            json.writeStringField("status", game.getStatus());
            json.writeStringField("createdAt", game.getCreatedAt().toString());
            json.writeStringField("updatedAt", game.getUpdatedAt().toString());
        });
    }
}
