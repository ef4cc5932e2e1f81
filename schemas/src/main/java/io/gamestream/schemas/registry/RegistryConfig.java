package io.gamestream.schemas.registry;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;
import org.jspecify.annotations.Nullable;

/**
 * How to reach a registry, by the property names that Confluent's clients use.
 *
 * @param urls {@code schema.registry.url}: API bases, comma-separated; the next one is asked when one fails
 * @param authorization header made from {@code basic.auth.credentials.source} ({@code USER_INFO} or {@code URL}, the
 *     default) and {@code basic.auth.user.info} ({@code user:password}), or from {@code bearer.auth.token}
 * @param tls {@code schema.registry.ssl.truststore.location}, {@code .password}, {@code .type}, the same for
 *     {@code keystore}
 * @param connectTimeout {@code http.connect.timeout.ms}
 * @param readTimeout {@code http.read.timeout.ms}
 * @param retries {@code max.retries}: further rounds over all URLs after the first
 * @param retryWait {@code retries.wait.ms}: before the second round; doubles each time
 */
record RegistryConfig(
        List<URI> urls,
        @Nullable String authorization,
        TlsStores tls,
        Duration connectTimeout,
        Duration readTimeout,
        int retries,
        Duration retryWait) {

    private static final String URL = "schema.registry.url";
    private static final String MOCK = "mock";

    /** @throws ConfigException naming the property that is missing or wrong */
    static RegistryConfig of(Map<String, ?> properties) {
        String url = text(properties, URL);
        if (url == null) {
            throw new ConfigException(URL, null, "is needed: the base of a Confluent-compatible API");
        }
        List<URI> bases = Arrays.stream(url.split(","))
                .map(String::trim)
                .filter(base -> !base.isEmpty())
                .map(RegistryConfig::base)
                .toList();
        if (bases.isEmpty()) {
            throw new ConfigException(URL, url, "expected: http://host:port/path, comma-separated");
        }
        return new RegistryConfig(
                bases.stream().map(RegistryConfig::withoutUserInfo).toList(),
                authorization(properties, bases),
                TlsStores.of(properties),
                // Loading a schema happens in a poll loop: its five minutes must not be spent here.
                millis(properties, "http.connect.timeout.ms", 5_000),
                millis(properties, "http.read.timeout.ms", 10_000),
                (int) number(properties, "max.retries", 3),
                millis(properties, "retries.wait.ms", 200));
    }

    /** The scope of {@code mock://scope}. */
    Optional<String> mockScope() {
        return urls.stream()
                .filter(url -> MOCK.equals(url.getScheme()))
                .map(url -> String.valueOf(url.getAuthority()))
                .findFirst();
    }

    private static URI base(String text) {
        URI uri;
        try {
            uri = URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
        } catch (IllegalArgumentException e) {
            throw new ConfigException(URL, text, String.valueOf(e.getMessage()));
        }
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (!List.of("http", "https", MOCK).contains(scheme) || uri.getAuthority() == null) {
            throw new ConfigException(URL, text, "expected: http://host:port/path, https://... or mock://scope");
        }
        return uri;
    }

    private static URI withoutUserInfo(URI uri) {
        return uri.getRawUserInfo() == null ? uri : URI.create(uri.toString().replaceFirst("//[^@/]*@", "//"));
    }

    private static @Nullable String authorization(Map<String, ?> properties, List<URI> bases) {
        String token = text(properties, "bearer.auth.token");
        if (token != null) {
            return "Bearer " + token;
        }
        String source = text(properties, "basic.auth.credentials.source");
        String userInfo =
                switch (source == null ? "URL" : source) {
                    case "URL" ->
                        bases.stream()
                                .map(URI::getUserInfo)
                                .filter(info -> info != null)
                                .findFirst()
                                .orElse(null);
                    case "USER_INFO" -> userInfo(properties);
                    default ->
                        throw new ConfigException(
                                "basic.auth.credentials.source", source, "expected: USER_INFO or URL");
                };
        return userInfo == null
                ? null
                : "Basic " + Base64.getEncoder().encodeToString(userInfo.getBytes(StandardCharsets.UTF_8));
    }

    private static String userInfo(Map<String, ?> properties) {
        String userInfo = text(properties, "basic.auth.user.info");
        String found = userInfo == null ? text(properties, "schema.registry.basic.auth.user.info") : userInfo;
        if (found == null || !found.contains(":")) {
            throw new ConfigException(
                    "basic.auth.user.info",
                    "(hidden)",
                    "expected: user:password, as credentials.source=USER_INFO says");
        }
        return found;
    }

    private static Duration millis(Map<String, ?> properties, String name, long otherwise) {
        return Duration.ofMillis(number(properties, name, otherwise));
    }

    private static long number(Map<String, ?> properties, String name, long otherwise) {
        String text = text(properties, name);
        try {
            long number = text == null ? otherwise : Long.parseLong(text);
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Refused below, like a negative number.
        }
        throw new ConfigException(name, text, "expected: a whole number >= 0");
    }

    /** The property as text: Kafka passes strings, numbers and passwords. */
    static @Nullable String text(Map<String, ?> properties, String name) {
        Object value = properties.get(name);
        if (value == null) {
            return null;
        }
        String text = value instanceof Password password ? password.value() : String.valueOf(value);
        return text.isBlank() ? null : text.trim();
    }

    @Override
    public String toString() {
        // Without credentials: this ends up in logs.
        return "RegistryConfig" + urls;
    }
}
