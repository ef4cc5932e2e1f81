package io.gamestream.payments.psp;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.gamestream.schemas.payments.OperationKind;
import io.gamestream.schemas.payments.PspFact;
import io.gamestream.schemas.payments.PspOutcome;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a read takes of the rate, and what it concludes from answers that are refusals, or no answers at all. */
class StripeSyncTest {

    private static final String CHARGES = "/v1/charges";
    private static final String SEARCH = "/v1/payment_intents/search";
    private static final String BY_ID = "/v1/payment_intents/pi_1";
    private static final String INTENT =
            "{\"object\":\"payment_intent\",\"id\":\"pi_1\",\"amount\":5,\"currency\":\"eur\",\"status\":\"succeeded\"}";
    private static final String EMPTY = "{\"object\":\"list\",\"data\":[],\"has_more\":false}";
    private static final String NONE_FOUND = "{\"object\":\"search_result\",\"data\":[],\"has_more\":false}";
    private static final Pattern AFTER = Pattern.compile("starting_after=\\w+");
    private static final ProviderSettings.Rate AMPLE = new ProviderSettings.Rate(100_000, Duration.ofSeconds(1));

    /** Stands for a list each of whose pages says that there is another. */
    private static final String ENDLESS = "endless";

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final Map<String, Integer> statuses = new ConcurrentHashMap<>();
    private final Map<String, String> answers = new ConcurrentHashMap<>();
    private HttpServer server;

    @BeforeEach
    void start() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String path = exchange.getRequestURI().getPath();
            asked.add(path);
            String query = exchange.getRequestURI().getQuery();
            Matcher after = AFTER.matcher(query == null ? "" : query);
            String page = after.find() ? path + "?" + after.group() : path;
            String body = answers.getOrDefault(
                    answers.containsKey(page) ? page : path, path.endsWith("/pi_1") ? INTENT : EMPTY);
            if (body.equals(ENDLESS)) {
                body = "{\"object\":\"list\",\"has_more\":true,\"data\":[{\"object\":\"charge\",\"id\":\"ch_"
                        + asked.size() + "\"}]}";
            }
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(statuses.getOrDefault(path, 200), bytes.length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(bytes);
            }
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private ProviderAnswer read(ProviderSettings.Rate rate) {
        return read(rate, "pi_1");
    }

    private ProviderAnswer search() {
        return read(AMPLE, null);
    }

    private ProviderAnswer read(ProviderSettings.Rate rate, @Nullable String intentId) {
        ProviderSettings settings = Sim.settings(url(), Sim.KEY, Duration.ofSeconds(5));
        return new StripeProvider(settings, new RateLimit(rate), InstantSource.system())
                .execute(Sim.command(OperationKind.SYNC, "o1", 1)
                        .setIntentId(intentId)
                        .build())
                .join();
    }

    private URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private static void assertUnreadable(ProviderAnswer answer) {
        assertThat(answer.outcome()).isEqualTo(PspOutcome.UNKNOWN);
        assertThat(answer.errorCode()).isEqualTo("unreadable");
        assertThat(answer.facts()).isEmpty();
    }

    @Test
    void aPageThatIsRefusedMeansWhatItsStatusMeans() {
        assertThat(read(AMPLE).outcome()).isEqualTo(PspOutcome.DONE);
        statuses.put("/v1/refunds", 429);
        assertThat(read(AMPLE).outcome()).isEqualTo(PspOutcome.NOT_EXECUTED);
        assertThat(read(AMPLE).httpStatus()).isEqualTo(429);
        statuses.put("/v1/refunds", 503);
        assertThat(read(AMPLE).outcome()).isEqualTo(PspOutcome.UNKNOWN);
        assertThat(read(AMPLE).httpStatus()).isEqualTo(503);
    }

    @Test
    void eachRequestAfterTheFirstTakesATurn() {
        ProviderAnswer answer = read(new ProviderSettings.Rate(1, Duration.ZERO));
        assertThat(answer.outcome()).isEqualTo(PspOutcome.NOT_EXECUTED);
        assertThat(answer.errorCode()).isEqualTo("rate_limit");
        assertThat(asked).as("the intent, and one page").hasSizeLessThanOrEqualTo(2);
    }

    @Test
    void onlyASearchThatFoundNothingProvesThatThereIsNone() {
        answers.put(SEARCH, NONE_FOUND);
        assertThat(search().outcome()).isEqualTo(PspOutcome.NOT_FOUND);
        answers.put(SEARCH, NONE_FOUND.replace("[]", "[" + INTENT + "]"));
        assertThat(search().outcome()).isEqualTo(PspOutcome.DONE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "[]",
                "7",
                "<html>maintenance</html>",
                "{\"object\":\"list\",\"data\":[],\"has_more\":false}",
                "{\"object\":\"search_result\"}",
                "{\"object\":\"search_result\",\"data\":[]}",
                "{\"object\":\"search_result\",\"data\":{},\"has_more\":false}",
                "{\"object\":\"search_result\",\"data\":null,\"has_more\":false}",
                "{\"object\":\"search_result\",\"data\":[],\"has_more\":true}",
                "{\"object\":\"search_result\",\"data\":[null],\"has_more\":false}",
                "{\"object\":\"search_result\",\"data\":[{\"object\":\"payment_intent\",\"id\":7}],\"has_more\":false}",
                "{\"object\":\"search_result\",\"data\":[{\"object\":\"charge\",\"id\":\"ch_1\"}],\"has_more\":false}",
            })
    void aSearchThatIsNoneProvesNothing(String body) {
        answers.put(SEARCH, body);
        assertUnreadable(search());
    }

    @Test
    void anIntentThatTheSearchShowsIsNotMissing() {
        answers.put(SEARCH, NONE_FOUND.replace("[]", "[" + INTENT + "]"));
        answers.put(BY_ID, "{\"error\":{\"type\":\"invalid_request_error\",\"code\":\"resource_missing\"}}");
        statuses.put(BY_ID, 404);
        assertThat(search().outcome()).isEqualTo(PspOutcome.REFUSED);
    }

    @Test
    void only404OfThePspItselfProvesThatThereIsNone() {
        statuses.put(BY_ID, 404);
        answers.put(BY_ID, "{\"error\":{\"type\":\"invalid_request_error\",\"code\":\"resource_missing\"}}");
        assertThat(read(AMPLE).outcome()).isEqualTo(PspOutcome.NOT_FOUND);
        answers.put(BY_ID, "{\"error\":{\"type\":\"invalid_request_error\",\"message\":\"Unrecognized request URL\"}}");
        assertThat(read(AMPLE).outcome()).isEqualTo(PspOutcome.REFUSED);
        for (String body : List.of("", "{}", "[]", "<html>404</html>", "{\"error\":{\"code\":\"resource_missing\"}}")) {
            answers.put(BY_ID, body);
            assertThat(read(AMPLE).outcome()).as(body).isEqualTo(PspOutcome.UNKNOWN);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "[]",
                "{\"object\":\"payment_intent\"}",
                "{\"object\":\"payment_intent\",\"id\":7,\"amount\":5,\"currency\":\"eur\",\"status\":\"succeeded\"}",
                "{\"object\":\"payment_intent\",\"id\":\"pi_2\",\"amount\":5,\"currency\":\"eur\",\"status\":\"canceled\"}",
                "{\"object\":\"payment_intent\",\"id\":\"pi_1\",\"amount\":5,\"currency\":\"eur\",\"created\":9223372036854775807}",
                "{\"object\":\"charge\",\"id\":\"pi_1\",\"amount\":5,\"currency\":\"eur\"}",
            })
    void anIntentThatIsNotTheOneAskedForProvesNothing(String body) {
        answers.put(BY_ID, body);
        assertUnreadable(read(AMPLE));
    }

    @Test
    void aPayersQuestionIsNotAnsweredWithAnotherIntent() {
        StripeProvider provider = Sim.provider(Sim.settings(url(), Sim.KEY, Duration.ofSeconds(5)));
        assertThat(provider.intent("pi_1").join().intent()).isNotNull();
        answers.put(BY_ID, INTENT.replace("pi_1", "pi_2"));
        IntentAnswer other = provider.intent("pi_1").join();
        assertThat(other.intent()).isNull();
        assertThat(other.call().outcome()).isEqualTo(PspOutcome.UNKNOWN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "[]",
                "{\"object\":\"list\"}",
                "{\"object\":\"list\",\"data\":7,\"has_more\":false}",
                "{\"object\":\"list\",\"data\":[]}",
                "{\"object\":\"list\",\"data\":[],\"has_more\":true}",
                "{\"object\":\"list\",\"data\":[null],\"has_more\":false}",
                "{\"object\":\"list\",\"data\":[[]],\"has_more\":false}",
                "{\"object\":\"list\",\"data\":[{\"object\":\"charge\",\"id\":{}}],\"has_more\":false}",
                "{\"object\":\"list\",\"data\":[{\"object\":\"refund\",\"id\":\"re_1\"}],\"has_more\":false}",
            })
    void aPageThatIsNoneFailsTheRead(String body) {
        answers.put(CHARGES, body);
        assertUnreadable(read(AMPLE));
    }

    @Test
    void aBodyThatIsNestedWithoutAnEndFailsTheRead() {
        answers.put(CHARGES, "[".repeat(200_000));
        assertUnreadable(read(AMPLE));
        answers.put(CHARGES, EMPTY.replace("[]", "[".repeat(900) + "]".repeat(900)));
        assertUnreadable(read(AMPLE));
    }

    @Test
    void aListWithoutAnEndFailsTheRead() {
        answers.put(CHARGES, ENDLESS);
        assertUnreadable(read(AMPLE));
        assertThat(asked).hasSizeLessThan(510);
    }

    @Test
    void allPagesOfAListAreRead() {
        String charge =
                "{\"object\":\"charge\",\"id\":\"ch_1\",\"amount\":5,\"currency\":\"eur\",\"status\":\"failed\"}";
        answers.put(CHARGES, "{\"object\":\"list\",\"has_more\":true,\"data\":[" + charge + "]}");
        answers.put(CHARGES + "?starting_after=ch_1", EMPTY.replace("[]", "[" + charge.replace("ch_1", "ch_2") + "]"));
        ProviderAnswer answer = read(AMPLE);
        assertThat(answer.outcome()).isEqualTo(PspOutcome.DONE);
        assertThat(answer.facts()).extracting(PspFact::getId).containsExactly("pi_1", "ch_1", "ch_2");
    }
}
