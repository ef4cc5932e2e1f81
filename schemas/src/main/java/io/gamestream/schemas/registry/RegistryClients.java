package io.gamestream.schemas.registry;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** One client per configuration: each has a connection pool and threads, and a Streams application has dozens of serdes. */
final class RegistryClients {

    private static final Map<RegistryConfig, SchemaRegistryClient> SHARED = new ConcurrentHashMap<>();

    private RegistryClients() {}

    static SchemaRegistryClient shared(RegistryConfig config) {
        if (config.mockScope().isPresent()) {
            return InMemoryRegistry.scope(config.mockScope().get());
        }
        return SHARED.computeIfAbsent(config, key -> new CachingRegistryClient(new HttpRegistryClient(key)));
    }
}
