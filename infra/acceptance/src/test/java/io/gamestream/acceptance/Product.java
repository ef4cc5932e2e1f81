package io.gamestream.acceptance;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gamestream.local.service.ServiceInstance;
import io.gamestream.local.service.ServiceSpec;
import io.gamestream.local.service.ServiceStage;
import io.gamestream.local.service.ServiceTable;
import io.gamestream.local.service.WhenItDies;
import io.gamestream.local.stack.DataDirectory;
import io.gamestream.local.stack.EmbeddedStack;
import io.gamestream.local.stack.StackSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The whole product on free ports, as {@code ./backbone up} runs it, and what its users use it with. */
final class Product implements AutoCloseable {

    private static final Duration READY_WITHIN = Duration.ofMinutes(3);

    /** By a test, each alone: they need a process of their own. */
    private static final Set<String> KILLED = Set.of("catalog", "payments-worker");

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path data;
    private final EmbeddedStack stack;
    private final ServiceStage stage;
    private final Map<String, ServiceInstance> services = new LinkedHashMap<>();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** An answer of the serving API. */
    record Answer(int status, JsonNode body, HttpResponse<String> response) {}

    private static @Nullable Product shared;

    private static boolean endsWithJvm;

    /** The one of all tests of this JVM: half a minute of starting, once. Each test has ids of its own. */
    static synchronized Product shared() throws IOException, InterruptedException {
        Product existing = shared;
        if (existing == null) {
            existing = start(Files.createTempDirectory("backbone-acceptance").resolve("data"));
            if (!endsWithJvm) {
                Runtime.getRuntime().addShutdownHook(new Thread(Product::endShared, "product-stop"));
                endsWithJvm = true;
            }
            shared = existing;
        }
        return existing;
    }

    /** For a test that needs the machine for itself; whoever asks for it next gets a new one. */
    static synchronized void endShared() {
        Product existing = shared;
        if (existing == null) {
            return;
        }
        shared = null;
        existing.close();
        DataDirectory.delete(existing.data);
        try {
            Files.delete(Objects.requireNonNull(existing.data.getParent()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Product(Path data, EmbeddedStack stack, ServiceStage stage) {
        this.data = data;
        this.stack = stack;
        this.stage = stage;
    }

    private static Product start(Path data) throws InterruptedException {
        EmbeddedStack stack = EmbeddedStack.start(StackSettings.ephemeral(data));
        List<String> settings = new ArrayList<>(stack.connectionSettings());
        // A challenge waits for the test that passes it.
        settings.add("local.psp.terms.challenge-ms=600000");
        ServiceStage stage = new ServiceStage(Path.of("..", ".."), data, settings, WhenItDies.START_AGAIN);
        Product product = new Product(data, stack, stage);
        List<ServiceSpec> together = new ArrayList<>();
        for (ServiceSpec spec : ServiceTable.all()) {
            if (KILLED.contains(spec.name())) {
                product.services.put(spec.name(), stage.start(spec.name()));
            } else {
                together.add(spec);
            }
        }
        product.services.putAll(stage.startTogether(together));
        product.awaitReady();
        return product;
    }

    void awaitReady() throws InterruptedException {
        for (ServiceInstance service : services.values()) {
            service.awaitReady(READY_WITHIN);
        }
    }

    EmbeddedStack stack() {
        return stack;
    }

    Connection connect() throws SQLException {
        return DriverManager.getConnection(
                stack.postgres().jdbcUrl(),
                stack.postgres().user(),
                stack.postgres().password());
    }

    Answer get(String path, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(service("serving-api").url() + path))
                .timeout(Duration.ofSeconds(20));
        if (headers.length > 0) {
            request.headers(headers);
        }
        HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        return answer(response);
    }

    /** A POST of JSON to one of the services. */
    CompletableFuture<Answer> post(String name, String path, String json, String... headers) {
        return http.sendAsync(request(name, "POST", path, json, headers), HttpResponse.BodyHandlers.ofString())
                .thenApply(Product::answer);
    }

    /** A request with a body of JSON to one of the services. */
    Answer send(String name, String method, String path, String json, String... headers) {
        return http.sendAsync(request(name, method, path, json, headers), HttpResponse.BodyHandlers.ofString())
                .thenApply(Product::answer)
                .join();
    }

    private HttpRequest request(String name, String method, String path, String json, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(service(name).url() + path))
                .timeout(Duration.ofSeconds(20))
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(json));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return request.build();
    }

    private static Answer answer(HttpResponse<String> response) {
        try {
            String body = response.body();
            return new Answer(response.statusCode(), JSON.readTree(body.isEmpty() ? "null" : body), response);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The simulated PSP's own directory. */
    Path psp() {
        return data.resolve("psp");
    }

    /** Ends a service with SIGKILL; the supervisor starts it again. */
    void kill(String name) {
        service(name).kill();
    }

    private ServiceInstance service(String name) {
        return Objects.requireNonNull(services.get(name), name);
    }

    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        stage.close();
        stack.close();
    }
}
