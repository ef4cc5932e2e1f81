package io.gamestream.serving.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.gamestream.local.testing.Stack;
import io.gamestream.local.testing.StackExtension;
import io.gamestream.runtime.http.Json;
import io.gamestream.schemas.views.GameView;
import io.gamestream.schemas.views.SalesView;
import io.gamestream.serving.testing.RunningService;
import io.gamestream.serving.testing.ViewProducer;
import io.gamestream.serving.view.View;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The catalogue's endpoints, from a record in a view's topic to an answer. */
@ExtendWith(StackExtension.class)
@TestInstance(Lifecycle.PER_CLASS)
class SearchIT {

    private static final Duration SOON = Duration.ofSeconds(5);

    private final Stack stack;
    private final ViewProducer views;
    private RunningService service;

    SearchIT(Stack stack) {
        this.stack = stack;
        this.views = new ViewProducer(stack.kafka(), stack.registry());
    }

    @BeforeAll
    void writeACatalogueAndStart() throws Exception {
        for (int i = 0; i < 30; i++) {
            String id = "s-list-%02d".formatted(i);
            views.put(
                    View.GAMES,
                    id,
                    game(id, "Zyxlist Chapter %02d".formatted(i), 1)
                            .setDeveloper("Zyx Söftworks")
                            .setPriceMinor(100L * (i % 7))
                            .setReleaseDate(i == 0 ? null : LocalDate.of(2000 + i, 1, 1))
                            .setGenres(i % 2 == 0 ? List.of("Zyx Puzzle") : List.of("Zyx Puzzle", "Zyx Action"))
                            .build());
            views.put(View.SALES, id, new SalesView(id, 1000L + i % 3, 1000L, Map.of("EUR", 1L), 1L));
        }
        views.flush();
        service = RunningService.start(stack, Map.of());
    }

    @AfterAll
    void stop() throws Exception {
        views.close();
        service.close();
    }

    @Test
    void findsAGameRightAfterItsRecord() throws Exception {
        views.put(View.GAMES, "s-new", game("s-new", "Quorblax Chronicles", 1).build());
        views.flush();
        await().atMost(SOON).until(() -> ids(service.json("/v1/games/search?q=quorbl")), List.of("s-new")::equals);
        assertThat(service.json("/v1/games/search?q=QUORBLAKS").path("matched").asText())
                .isEqualTo("typos");
    }

    @Test
    void takesTheLastVersionWhateverIsReplayed() throws Exception {
        views.put(View.GAMES, "s-v", game("s-v", "Vortigon Old", 5).build());
        views.put(View.GAMES, "s-v", game("s-v", "Vortigon New", 9).build());
        views.put(View.GAMES, "s-v", game("s-v", "Vortigon Old", 5).build());
        views.put(View.GAMES, "s-v2", game("s-v2", "Vortigon Last", 1).build());
        views.flush();
        await().atMost(SOON).until(() -> ids(service.json("/v1/games/search?q=vortigon%20last"))
                .contains("s-v2"));
        assertThat(titles(service.json("/v1/games/search?q=vortigon")))
                .contains("Vortigon New")
                .doesNotContain("Vortigon Old");
    }

    @Test
    void hidesWithdrawnGamesAndForgetsDeletedOnes() throws Exception {
        views.put(View.GAMES, "s-w", game("s-w", "Wibblefex", 1).build());
        views.put(View.SALES, "s-w", new SalesView("s-w", 1_000_000L, 1L, Map.of(), 1L));
        views.flush();
        await().atMost(SOON)
                .until(() -> ids(service.json("/v1/games/bestsellers")).contains("s-w"));
        views.put(
                View.GAMES,
                "s-w",
                game("s-w", "Wibblefex", 2).setStatus("WITHDRAWN").build());
        views.flush();
        await().atMost(SOON)
                .until(() -> ids(service.json("/v1/games/search?q=wibblefex")).isEmpty());
        assertThat(ids(service.json("/v1/games/bestsellers"))).doesNotContain("s-w");
        assertThat(ids(service.json("/v1/games/search?q=wibblefex&status=ANY"))).containsExactly("s-w");
        views.delete(View.GAMES, "s-w", 3);
        // A replay of an older change must not bring it back.
        views.put(View.GAMES, "s-w", game("s-w", "Wibblefex", 2).build());
        views.flush();
        await().atMost(SOON).until(() -> ids(service.json("/v1/games/search?q=wibblefex&status=ANY"))
                .isEmpty());
    }

    @Test
    void listsWithFiltersInOrder() throws Exception {
        String all = "/v1/games?developer=zyx%20softworks&limit=100";
        assertThat(service.json(all).path("total").asInt()).isEqualTo(30);
        assertThat(ids(service.json(all + "&sort=-releaseDate")))
                .startsWith("s-list-29")
                .endsWith("s-list-00");
        assertThat(ids(service.json(all + "&sort=releaseDate")))
                .startsWith("s-list-01")
                .endsWith("s-list-00");
        assertThat(ids(service.json(all + "&sort=-sales"))).startsWith("s-list-02", "s-list-05");
        assertThat(ids(service.json(all + "&sort=price&priceMin=100&priceMax=200")))
                .startsWith("s-list-01", "s-list-08")
                .hasSize(9);
        assertThat(ids(service.json(all + "&releasedAfter=2003-01-01&releasedBefore=2005-01-01")))
                .containsExactly("s-list-03", "s-list-04");
        JsonNode action = service.json(all + "&genre=zyx%20ACTION");
        assertThat(action.path("total").asInt()).isEqualTo(15);
        assertThat(action.path("genres").get(0).path("count").asInt())
                .as("counts of the others too")
                .isEqualTo(30);
    }

    @ParameterizedTest
    @ValueSource(strings = {"title", "-title", "price", "-price", "releaseDate", "-releaseDate", "sales", "-sales"})
    void pagesEachOrderOnce(String sort) throws Exception {
        String list = "/v1/games?developer=zyx%20softworks&sort=" + sort;
        List<String> paged = new ArrayList<>();
        String cursor = "";
        while (cursor != null) {
            JsonNode page = service.json(list + "&limit=7" + cursor);
            paged.addAll(ids(page));
            cursor = page.path("nextCursor").isNull()
                    ? null
                    : "&cursor=" + page.path("nextCursor").asText();
        }
        assertThat(paged).hasSize(30).isEqualTo(ids(service.json(list + "&limit=100")));
    }

    @Test
    void ranksBestsellersOfAGenreByUnitsThenId() throws Exception {
        JsonNode page = service.json("/v1/games/bestsellers?genre=Zyx%20action&limit=3");
        assertThat(ids(page)).containsExactly("s-list-05", "s-list-11", "s-list-17");
        assertThat(page.path("items").get(0).path("units").asLong()).isEqualTo(1002);
        JsonNode next = service.json("/v1/games/bestsellers?genre=Zyx%20action&limit=3&cursor="
                + page.path("nextCursor").asText());
        assertThat(ids(next)).containsExactly("s-list-23", "s-list-29", "s-list-01");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/games/search",
                "/v1/games/search?q=",
                "/v1/games/search?q=%20",
                "/v1/games/search?q=a&q=b",
                "/v1/games/search?q=a&limit=1&limit=2",
                "/v1/games?sort=title&sort=price",
                "/v1/games?status=ANY&status=ACTIVE",
                "/v1/games/search?q=a&limit=-1",
                "/v1/games/search?q=a&limit=0",
                "/v1/games/search?q=a&limit=101",
                "/v1/games/search?q=a&limit=x",
                "/v1/games/search?q=a&cursor=%2B%2B",
                "/v1/games/search?q=a&cursor=AQAA",
                "/v1/games/search?q=a&qenre=b",
                "/v1/games?genr=a",
                "/v1/games?sort=name",
                "/v1/games?priceMin=-1",
                "/v1/games?priceMax=1.5",
                "/v1/games?releasedAfter=yesterday",
                "/v1/games?status=gone",
                "/v1/games?gpuClass=x",
                "/v1/games/bestsellers?genre=a&genre=b",
                "/v1/games/bestsellers?sort=title"
            })
    void refusesWhatItCannotUnderstand(String path) throws Exception {
        HttpResponse<String> answer = service.get(path);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(answer.headers().firstValue("content-type")).contains("application/problem+json");
        JsonNode problem = Json.MAPPER.readTree(answer.body());
        assertThat(problem.path("type").asText()).isEqualTo("urn:gamestream:problem:bad-parameter");
        assertThat(problem.path("detail").asText())
                .contains(problem.path("parameter").asText());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "+-&&||!(){}[]^\"~*?:\\/",
                "title:*",
                "* OR 1=1",
                "/.*/",
                "a AND",
                "\"",
                "\u0000\u0001",
                "\uD83D",
                "😀😀",
                "......",
                "______",
                "a1 b2 c3 d4 e5 f6 g7 h8 a1 b2 c3 d4 e5 f6 g7 h8 a1 b2 c3 d4 e5 f6 g7 h8 a1 b2 c3 d4 e5 f6 g7 h8 a1 b2 c3",
                "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
            })
    void takesEveryTextLiterally(String query) throws Exception {
        HttpResponse<String> answer = service.get("/v1/games/search?q=" + RunningService.encode(query));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    @Test
    void refusesAQueryOfTenKilobytes() throws Exception {
        // Longer than the server takes for a request line, or longer than a title: refused either way.
        assertThat(service.get("/v1/games/search?q=" + "a".repeat(10_000)).statusCode())
                .isIn(400, 414);
        assertThat(service.get("/v1/games/search?q=" + "a".repeat(201)).statusCode())
                .isEqualTo(400);
    }

    @Test
    void refusesACursorOfAnotherList() throws Exception {
        String cursor = service.json("/v1/games?developer=zyx%20softworks&limit=1")
                .path("nextCursor")
                .asText();
        assertThat(service.get("/v1/games?limit=1&cursor=" + cursor).statusCode())
                .isEqualTo(400);
        assertThat(service.get("/v1/games/search?q=a&limit=1&cursor=" + cursor).statusCode())
                .isEqualTo(400);
    }

    /** The hash in a cursor keeps lists apart; it is no secret, so every other byte may be anything. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/games?genre=zyx%20puzzle&sort=title",
                "/v1/games/search?q=zyxlist",
                "/v1/games/bestsellers?genre=zyx%20puzzle"
            })
    void aForgedCursorIsRefusedOrHarmless(String list) throws Exception {
        String cursor = service.json(list + "&limit=1").path("nextCursor").asText();
        byte[] bytes = Base64.getUrlDecoder().decode(cursor);
        for (int i = 0; i < bytes.length; i++) {
            for (int flip : new int[] {0x01, 0x80, 0xFF}) {
                byte[] forged = bytes.clone();
                forged[i] ^= (byte) flip;
                String text = Base64.getUrlEncoder().withoutPadding().encodeToString(forged);
                assertThat(service.get(list + "&limit=1&cursor=" + text).statusCode())
                        .as(list + ", byte " + i)
                        .isIn(200, 400);
            }
        }
        assertThat(service.get(list + "&cursor=" + "A".repeat(12_001)).statusCode())
                .isEqualTo(400);
    }

    @Test
    void saysHowFreshItIsAndWhetherItHasChanged() throws Exception {
        HttpResponse<String> first = service.get("/v1/games?developer=zyx%20softworks");
        Instant asOf =
                Instant.parse(Json.MAPPER.readTree(first.body()).path("asOf").asText());
        assertThat(asOf).isBetween(Instant.now().minusSeconds(5), Instant.now());
        assertThat(Long.parseLong(first.headers().firstValue("age-ms").orElseThrow()))
                .isBetween(0L, 5_000L);
        String etag = first.headers().firstValue("etag").orElseThrow();
        HttpResponse<String> again =
                service.get("/v1/games?developer=zyx%20softworks", "If-None-Match", "\"x\", " + etag);
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        assertThat(service.get("/v1/games?developer=zyx%20softworks&limit=3", "If-None-Match", etag)
                        .statusCode())
                .isEqualTo(200);
    }

    private static GameView.Builder game(String id, String title, long version) {
        return GameView.newBuilder(Catalogues.game(id, title, version, "Zyx"));
    }

    private static List<String> ids(JsonNode page) {
        return StreamSupport.stream(page.path("items").spliterator(), false)
                .map(item -> item.path("id").asText())
                .toList();
    }

    private static List<String> titles(JsonNode page) {
        return StreamSupport.stream(page.path("items").spliterator(), false)
                .map(item -> item.path("title").asText())
                .toList();
    }
}
