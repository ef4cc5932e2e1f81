package io.gamestream.serving.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamestream.runtime.http.ApiDocument;
import io.gamestream.runtime.http.Parameters;
import io.gamestream.runtime.settings.Settings;
import io.gamestream.serving.ServingApi;
import io.vertx.core.MultiMap;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Searches the 5,155 titles of the Steam data set, ranked with their real sales. */
class SteamRelevanceTest {

    private static final ApiDocument API = ServingApi.document(Settings.load(null, Map.of(), Map.of()));

    @TempDir
    private static Path directory;

    private static CatalogIndex index;
    private static GameSearch search;

    @BeforeAll
    static void buildTheIndex() throws IOException {
        Map<String, String> titles = Catalogues.steamTitles();
        Map<String, Long> units = Catalogues.steamUnits();
        index = Catalogues.open(directory);
        search = new GameSearch(index);
        for (Map.Entry<String, String> title : titles.entrySet()) {
            index.put(Catalogues.game(title.getKey(), title.getValue()));
        }
        units.forEach(index::setUnits);
        index.refresh();
    }

    @AfterAll
    static void close() throws IOException {
        if (index != null) {
            index.close();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "skyrim, The Elder Scrolls V Skyrim",
        "SKYRIM, The Elder Scrolls V Skyrim",
        "skirym, The Elder Scrolls V Skyrim",
        "elder scrolls 5, The Elder Scrolls V Skyrim",
        "the elder scrols, The Elder Scrolls V Skyrim",
        "scrolls elder, The Elder Scrolls V Skyrim",
        "fallot 4, Fallout 4",
        "fallout, Fallout",
        "fallout 4, Fallout 4",
        "half life, Half-Life",
        "half-life 2, Half-Life 2",
        "halflife 2, Half-Life 2",
        "counterstrike, Counter-Strike",
        "counter strike, Counter-Strike",
        "counter-strike, Counter-Strike",
        "cs go, Counter-Strike Global Offensive",
        "csgo, Counter-Strike Global Offensive",
        "cuonter strike global, Counter-Strike Global Offensive",
        "gta v, Grand Theft Auto V",
        "gta 5, Grand Theft Auto V",
        "gta vice city, Grand Theft Auto Vice City",
        "stalker, S.T.A.L.K.E.R. Shadow of Chernobyl",
        "s.t.a.l.k.e.r, S.T.A.L.K.E.R. Shadow of Chernobyl",
        "s t a l k e r pripyat, S.T.A.L.K.E.R. Call of Pripyat",
        "stalker pripyat, S.T.A.L.K.E.R. Call of Pripyat",
        "bio shock, BioShock",
        "bioshok infinite, BioShock Infinite",
        "farcry 3, Far Cry 3",
        "tf2, Team Fortress 2",
        "civ 5, Sid Meier's Civilization V",
        "civilisation v, Sid Meier's Civilization V",
        "sid meiers civilization, Sid Meier's Civilization V",
        "l4d2, Left 4 Dead 2",
        "portal, Portal",
        "portal ii, Portal 2",
        "witcher 3, The Witcher 3 Wild Hunt",
        "assasins creed, Assassin's Creed",
        "elder scrolls skyrim legendary, The Elder Scrolls V Skyrim",
    })
    void findsFirst(String query, String title) throws IOException {
        assertThat(titles(query, 10)).first().isEqualTo(title);
    }

    @Test
    void completesTheLastWord() throws IOException {
        assertThat(titles("half li", 5)).startsWith("Half-Life", "Half-Life 2");
        assertThat(titles("h", 20)).isNotEmpty().allMatch(title -> title.toLowerCase(Locale.ROOT)
                .contains("h"));
    }

    @Test
    void guessesOnlyWhereNothingIsAsTyped() throws IOException {
        assertThat(page("rust", 10).matched()).isEqualTo(Strictness.AS_TYPED);
        assertThat(page("skirym", 10).matched()).isEqualTo(Strictness.TYPOS);
        assertThat(titles("rust", 50)).noneMatch("Just Cause 2"::equals);
    }

    @Test
    void pagesThroughAllHitsOnce() throws IOException {
        List<String> got = everyPage(7);
        assertThat(got)
                .hasSize(page("the", 1).total())
                .isEqualTo(everyPage(100))
                .doesNotHaveDuplicates();
    }

    private static List<String> everyPage(int limit) throws IOException {
        List<String> titles = new ArrayList<>();
        SearchRequest request = request("the", limit, null);
        while (true) {
            GamePage page = search.search(request);
            titles.addAll(titles(page));
            Cursor next = page.next();
            if (next == null) {
                return titles;
            }
            request = request("the", limit, next.encode());
        }
    }

    @Test
    void countsBestsellersAsTheFileDoes() throws IOException {
        Map<String, Long> units = Catalogues.steamUnits();
        Map<String, String> titles = Catalogues.steamTitles();
        List<String> wanted = units.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey()))
                .limit(100)
                .map(entry -> entry.getValue() + " \"" + titles.get(entry.getKey()) + "\"")
                .toList();
        GamePage page = search.bestsellers(
                SearchRequest.bestsellers(parameters("/v1/games/bestsellers", Map.of("limit", "100"))));
        assertThat(page.items())
                .map(item -> item.units() + " " + item.members())
                .isEqualTo(wanted);
    }

    private static List<String> titles(String query, int limit) throws IOException {
        return titles(page(query, limit));
    }

    private static GamePage page(String query, int limit) throws IOException {
        return search.search(request(query, limit, null));
    }

    private static SearchRequest request(String query, int limit, @Nullable String cursor) {
        Map<String, String> values = new HashMap<>(Map.of("q", query, "limit", String.valueOf(limit)));
        if (cursor != null) {
            values.put("cursor", cursor);
        }
        return SearchRequest.search(parameters("/v1/games/search", values));
    }

    private static Parameters parameters(String path, Map<String, String> values) {
        return API.parameters("GET", path, MultiMap.caseInsensitiveMultiMap().addAll(values));
    }

    private static List<String> titles(GamePage page) {
        return page.items().stream()
                .map(item -> item.members().replaceAll("^\"|\"$", ""))
                .toList();
    }
}
