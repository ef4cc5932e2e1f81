package io.gamestream.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gamestream.local.process.ChildProcess;
import io.gamestream.local.service.ServiceProbe;
import io.gamestream.local.service.ServiceSpec;
import io.gamestream.local.service.ServiceTable;
import io.gamestream.local.service.Services;
import io.gamestream.local.stack.EmbeddedStack;
import io.gamestream.local.stack.StackSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;

/** The whole product on free ports, as {@code ./backbone up} runs it, and what its users use it with. */
final class Product implements AutoCloseable {

    private static final Duration READY_WITHIN = Duration.ofMinutes(3);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final EmbeddedStack stack;
    private final Services services;
    private final Path data;
    private final Map<String, Integer> ports;
    private final List<String> problems;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** An answer of the serving API. */
    record Answer(int status, JsonNode body, HttpResponse<String> response) {}

    private Product(
            EmbeddedStack stack, Services services, Path data, Map<String, Integer> ports, List<String> problems) {
        this.stack = stack;
        this.services = services;
        this.data = data;
        this.ports = ports;
        this.problems = problems;
    }

    static Product start(Path data) throws IOException {
        EmbeddedStack stack = EmbeddedStack.start(StackSettings.ephemeral(data));
        Map<String, Integer> ports = new HashMap<>();
        List<String> arguments = new ArrayList<>();
        set(arguments, "kafka.bootstrap-servers=" + stack.kafka().bootstrapServers());
        set(arguments, "registry.url=" + stack.registry().url());
        set(arguments, "postgres.port=" + stack.postgres().port());
        for (ServiceSpec spec : ServiceTable.all()) {
            int port = freePort();
            ports.put(spec.name(), port);
            set(arguments, spec.httpSettings() + ".port=" + port);
        }
        List<String> problems = new CopyOnWriteArrayList<>();
        Services services = Services.start(
                ServiceTable.all(),
                new Services.Context(Path.of("..", "..").toAbsolutePath().normalize(), data, arguments, Map.of()),
                problems::add);
        Product product = new Product(stack, services, data, ports, problems);
        product.awaitReady();
        return product;
    }

    void awaitReady() {
        ServiceProbe probe = new ServiceProbe();
        ports.forEach((service, port) -> Awaitility.await(service + " ready; problems: " + problems)
                .atMost(READY_WITHIN)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> probe.isReady("http://127.0.0.1:" + port)));
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
                        URI.create("http://127.0.0.1:" + ports.get("serving-api") + path))
                .timeout(Duration.ofSeconds(20));
        if (headers.length > 0) {
            request.headers(headers);
        }
        HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        String body = response.body();
        return new Answer(response.statusCode(), JSON.readTree(body.isEmpty() ? "null" : body), response);
    }

    /** Ends a service with SIGKILL; the supervisor starts it again. */
    void kill(String service) {
        ProcessHandle.current()
                .descendants()
                .filter(process -> process.info()
                        .arguments()
                        .map(words -> List.of(words).contains(mainClass(service)))
                        .orElse(false))
                .forEach(ProcessHandle::destroyForcibly);
    }

    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        services.close();
        stack.close();
        ChildProcess.endOrphans(data);
    }

    private static String mainClass(String service) {
        return ServiceTable.all().stream()
                .filter(spec -> spec.name().equals(service))
                .map(ServiceSpec::mainClass)
                .findFirst()
                .orElseThrow();
    }

    private static void set(List<String> arguments, String setting) {
        arguments.add("--set");
        arguments.add(setting);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
