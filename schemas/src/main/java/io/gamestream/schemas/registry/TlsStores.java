package io.gamestream.schemas.registry;

import java.io.File;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Map;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/**
 * Whom to trust at {@code https://}, and who we are. Without a trust store, what the JVM trusts.
 *
 * @param trust certificates to trust, JKS or PKCS12
 * @param keys our certificate and key, for registries that ask for one
 */
record TlsStores(@Nullable Store trust, @Nullable Store keys) {

    private static final String PREFIX = "schema.registry.ssl.";

    record Store(String property, String location, String password) {

        KeyStore open() {
            try {
                // The type is told by the file itself.
                return KeyStore.getInstance(new File(location), password.toCharArray());
            } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
                throw new ConfigException(property, location, "cannot be opened: " + e.getMessage());
            }
        }

        @Override
        public String toString() {
            return location;
        }
    }

    static TlsStores of(Map<String, ?> properties) {
        return new TlsStores(store(properties, "truststore"), store(properties, "keystore"));
    }

    /** Null where neither store is set: the JVM's default then. */
    @Nullable
    SSLContext context() {
        if (trust == null && keys == null) {
            return null;
        }
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keyManagers(), trustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new ConfigException(PREFIX + "*: " + e.getMessage());
        }
    }

    private KeyManager @Nullable [] keyManagers() throws GeneralSecurityException {
        if (keys == null) {
            return null;
        }
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(keys.open(), keys.password().toCharArray());
        return factory.getKeyManagers();
    }

    private TrustManager @Nullable [] trustManagers() throws GeneralSecurityException {
        if (trust == null) {
            return null;
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(trust.open());
        return factory.getTrustManagers();
    }

    private static @Nullable Store store(Map<String, ?> properties, String kind) {
        String property = PREFIX + kind + ".location";
        String location = RegistryConfig.text(properties, property);
        String password = RegistryConfig.text(properties, PREFIX + kind + ".password");
        return location == null ? null : new Store(property, location, password == null ? "" : password);
    }
}
