package io.gamestream.schemas.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistryTlsTest {

    private static final String PASSWORD = "changeit";

    @TempDir
    private Path directory;

    @Test
    void trustsTheCertificatesOfItsStoreAndNoOthers() throws Exception {
        Path store = directory.resolve("registry.p12");
        selfSigned(store);
        try (RegistryStub registry = new RegistryStub(https(store))) {
            registry.on("GET /schemas/ids/1", 200, "{\"schema\": \"\\\"string\\\"\"}");
            Map<String, Object> trusting = properties(registry);
            trusting.put("schema.registry.ssl.truststore.location", store.toString());
            trusting.put("schema.registry.ssl.truststore.password", PASSWORD);

            assertThat(SchemaRegistryClient.create(trusting).schema(1)).isPresent();
            assertThatThrownBy(() ->
                            SchemaRegistryClient.create(properties(registry)).schema(1))
                    .isInstanceOf(RegistryUnavailableException.class)
                    .hasMessageContaining("certification path");
        }
    }

    private static Map<String, Object> properties(RegistryStub registry) {
        Map<String, Object> properties = new HashMap<>();
        properties.put("schema.registry.url", "https://localhost:" + registry.port());
        properties.put("max.retries", 0);
        return properties;
    }

    private static HttpsServer https(Path store) throws IOException, GeneralSecurityException {
        TlsStores.Store keys = new TlsStores.Store("test", store.toString(), PASSWORD);
        SSLContext context = new TlsStores(null, keys).context();
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        return server;
    }

    private static void selfSigned(Path store) throws IOException, InterruptedException {
        String keytool =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        List<String> command = List.of(
                keytool,
                "-genkeypair",
                "-alias",
                "registry",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "SAN=dns:localhost",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD);
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
    }
}
