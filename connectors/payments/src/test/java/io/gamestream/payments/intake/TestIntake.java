package io.gamestream.payments.intake;

import com.fasterxml.jackson.databind.JsonNode;
import io.gamestream.runtime.connection.PostgresSettings;
import io.gamestream.runtime.http.HttpService;
import io.gamestream.runtime.http.HttpSettings;
import io.gamestream.runtime.http.Json;
import io.gamestream.runtime.http.Readiness;
import io.gamestream.runtime.metrics.Metrics;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** An intake of a test's own: its client, and a look at the Postgres behind it. */
final class TestIntake implements AutoCloseable {

    static final String BODY =
            "{\"userId\":\"intake-u\",\"paymentMethod\":\"pm_card_visa\",\"lines\":[{\"gameId\":\"intake-g\",\"quantity\":2}]}";

    private final HttpClient client = HttpClient.newHttpClient();
    private final PostgresSettings postgres;
    private final Metrics metrics = new Metrics("test");
    private final OrderIntake intake;
    private final HttpService service;

    TestIntake(PostgresSettings postgres, int connections, int inFlight) {
        this(postgres, connections, inFlight, Duration.ofSeconds(30));
    }

    TestIntake(PostgresSettings postgres, int connections, int inFlight, Duration patience) {
        this.postgres = postgres;
        intake = new OrderIntake(
                postgres,
                new IntakeSettings(
                        connections,
                        Duration.ofMillis(500),
                        inFlight,
                        patience,
                        10,
                        50,
                        Duration.ofHours(24),
                        Duration.ofHours(1)));
        service = HttpService.start(
                new HttpService.Spec(
                        "test", new HttpSettings("127.0.0.1", 0), "test.http", 1, new Readiness(), metrics),
                intake::addTo);
    }

    /** What {@link #BODY} names. */
    void insertCatalogue() throws SQLException {
        sql("INSERT INTO identity.users (id, handle) VALUES ('intake-u', 'u') ON CONFLICT DO NOTHING");
        sql("INSERT INTO catalog.games (id, title, price_minor) VALUES ('intake-g', 'g', 1999) ON CONFLICT DO NOTHING");
    }

    int port() {
        return service.port();
    }

    String metrics() {
        return metrics.scrape("text/plain");
    }

    CompletableFuture<HttpResponse<String>> send(String path, String type, String key, String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
                .header("Content-Type", type)
                .POST(BodyPublishers.ofString(body));
        if (!key.isEmpty()) {
            request.header("Idempotency-Key", key);
        }
        return client.sendAsync(request.build(), BodyHandlers.ofString());
    }

    HttpResponse<String> post(String path, String key, String body) {
        return send(path, "application/json", key, body).join();
    }

    /** Places an order; its id. */
    String place(String key, String body) throws Exception {
        return json(post("/v1/orders", key, body)).path("orderId").asText();
    }

    void sql(String statement) throws SQLException {
        try (Connection connection = connect();
                Statement prepared = connection.createStatement()) {
            prepared.execute(statement);
        }
    }

    long count(String from) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT count(*) FROM " + from)) {
            row.next();
            return row.getLong(1);
        }
    }

    /** Of all that a topic is made from. */
    long rows() throws SQLException {
        return count("payments.outbox") + count("payments.orders") + count("payments.idempotency");
    }

    Connection connect() throws SQLException {
        return DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), postgres.password());
    }

    static JsonNode json(HttpResponse<String> answer) throws Exception {
        return Json.MAPPER.readTree(answer.body());
    }

    /** The last part of the problem's type. */
    static String slug(HttpResponse<String> answer) throws Exception {
        String type = json(answer).path("type").asText();
        return type.substring(type.lastIndexOf(':') + 1);
    }

    @Override
    public void close() throws Exception {
        service.close();
        intake.close();
        metrics.close();
    }
}
