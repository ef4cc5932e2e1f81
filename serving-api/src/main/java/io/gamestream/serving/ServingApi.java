package io.gamestream.serving;

import io.gamestream.runtime.http.ApiDocument;
import io.gamestream.runtime.settings.Settings;
import io.gamestream.serving.position.PositionSettings;
import io.gamestream.serving.search.SearchSettings;
import java.util.Map;

/** What the service answers, in {@code openapi.json}: the bounds that settings may move are those of these settings. */
public final class ServingApi {

    private ServingApi() {}

    public static ApiDocument document(Settings settings) {
        PositionSettings position = settings.bind("serving.position", PositionSettings.class);
        SearchSettings search = settings.bind("serving.search", SearchSettings.class);
        return ApiDocument.load(
                ServingApi.class,
                "openapi.json",
                Map.of(
                        "maxWaitMillis", position.maxWait().toMillis(),
                        "defaultWaitMillis", position.defaultWait().toMillis(),
                        "maxQueryCharacters", search.maxQueryCharacters()));
    }
}
