package io.gamestream.local.stack;

import io.gamestream.local.process.ParallelClose;
import io.gamestream.runtime.connection.KafkaSettings;
import io.gamestream.runtime.connection.PostgresSettings;
import io.gamestream.runtime.connection.RegistrySettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Kafka and Postgres as a careful operator runs them: over TLS alone, and everybody with a password. The registry is the
 * embedded one; what protects it stands in front of it. For tests of services on somebody else's cluster.
 */
public final class SecuredStack implements AutoCloseable {

    private static final String PASSWORD = "kafka's \"own\" secret";

    private final DataDirectory data;
    private final List<AutoCloseable> parts;
    private final EmbeddedKafka kafka;
    private final EmbeddedPostgres postgres;
    private final EmbeddedRegistry registry;

    /**
     * Who the servers are, and whom their clients trust: for 127.0.0.1.
     *
     * @param keyStore certificate and key, PKCS12
     * @param trustStore the certificates that sign, PKCS12
     * @param certificate the same as in {@code keyStore}, PEM
     * @param key PEM, PKCS8
     * @param authority the same as in {@code trustStore}, PEM
     */
    public record Certificates(
            Path keyStore, Path trustStore, String password, Path certificate, Path key, Path authority) {}

    private SecuredStack(
            DataDirectory data, EmbeddedKafka kafka, EmbeddedPostgres postgres, EmbeddedRegistry registry) {
        this.data = data;
        this.kafka = kafka;
        this.postgres = postgres;
        this.registry = registry;
        this.parts = List.of(kafka, postgres, registry);
    }

    /** Starts them on free ports. */
    public static SecuredStack start(Path dataDir, Certificates certificates) throws IOException {
        DataDirectory data = DataDirectory.open(dataDir.toAbsolutePath().normalize());
        Programs programs = new Programs(BinaryCache.at(""));
        List<AutoCloseable> started = new ArrayList<>();
        try {
            EmbeddedRegistry registry = EmbeddedRegistry.start(data, programs.registry(), LocalPorts.free());
            started.add(registry);
            EmbeddedPostgres postgres = postgres(data, programs.postgres(), LocalPorts.free(), certificates);
            started.add(postgres);
            EmbeddedKafka kafka = kafka(data.directory(Part.KAFKA.label()), LocalPorts.free(), certificates);
            return new SecuredStack(data, kafka, postgres, registry);
        } catch (IOException | StackException e) {
            ParallelClose.closeAll(started);
            data.close();
            throw e;
        }
    }

    /** With user and password; clients have to trust {@link Certificates#trustStore}. */
    public KafkaSettings kafka() {
        return kafka.settings();
    }

    /** Over TLS, with a look at the server's name. */
    public PostgresSettings postgres() {
        return postgres.settings();
    }

    /** Behind whatever protects it. */
    public RegistrySettings registry() {
        return registry.settings();
    }

    @Override
    public void close() {
        ParallelClose.closeAll(parts);
        data.close();
    }

    private static EmbeddedPostgres postgres(DataDirectory data, Path installation, int port, Certificates certificates)
            throws IOException {
        Unprivileged user = Unprivileged.detect();
        Path access = data.directory(Part.POSTGRES.label()).resolve("access.conf");
        Files.writeString(access, "hostssl all all 127.0.0.1/32 scram-sha-256\n");
        for (Path file : List.of(certificates.certificate(), certificates.key(), access)) {
            user.own(file);
        }
        List<String> tls = Stream.of(
                        "ssl=on",
                        "ssl_cert_file=" + certificates.certificate(),
                        "ssl_key_file=" + certificates.key(),
                        "hba_file=" + access)
                .flatMap(parameter -> Stream.of("-c", parameter))
                .toList();
        PostgresSettings plain = PostgresAccounts.settings(port);
        PostgresSettings settings = new PostgresSettings(
                plain.host(),
                port,
                plain.database(),
                plain.user(),
                plain.password(),
                Map.of(
                        "sslmode",
                        "verify-full",
                        "sslrootcert",
                        certificates.authority().toString()));
        return EmbeddedPostgres.start(
                data,
                installation,
                Stream.concat(PostgresParameters.of(port).stream(), tls.stream())
                        .toList(),
                settings);
    }

    private static EmbeddedKafka kafka(Path directory, int port, Certificates certificates) {
        Map<String, String> broker = new HashMap<>(BrokerProperties.of(directory, port, LocalPorts.free()));
        broker.replaceAll((name, value) -> value.replace("PLAINTEXT://", "SASL_SSL://"));
        broker.put("listener.security.protocol.map", "SASL_SSL:SASL_SSL,CONTROLLER:PLAINTEXT");
        broker.put("inter.broker.listener.name", "SASL_SSL");
        broker.put("sasl.enabled.mechanisms", "PLAIN");
        broker.put("sasl.mechanism.inter.broker.protocol", "PLAIN");
        broker.put(
                "listener.name.sasl_ssl.plain.sasl.jaas.config",
                login("broker", " user_broker=" + quoted(PASSWORD) + " user_gamestream=" + quoted(PASSWORD)));
        Map<String, String> trust = Map.of(
                "ssl.truststore.location", certificates.trustStore().toString(),
                "ssl.truststore.password", certificates.password(),
                "ssl.truststore.type", "PKCS12");
        broker.putAll(trust);
        broker.put("ssl.keystore.location", certificates.keyStore().toString());
        broker.put("ssl.keystore.password", certificates.password());
        broker.put("ssl.keystore.type", "PKCS12");
        Map<String, String> client = new HashMap<>(trust);
        client.put("security.protocol", "SASL_SSL");
        client.put("sasl.mechanism", "PLAIN");
        client.put("sasl.jaas.config", login("gamestream", ""));
        return EmbeddedKafka.start(directory, broker, new KafkaSettings(LocalPorts.HOST + ":" + port, client));
    }

    private static String login(String user, String more) {
        return "org.apache.kafka.common.security.plain.PlainLoginModule required username=" + quoted(user)
                + " password=" + quoted(PASSWORD) + more + ";";
    }

    private static String quoted(String text) {
        return '"' + text.replace("\"", "\\\"") + '"';
    }
}
