package io.gamestream.chaos.sessions.run;

import io.gamestream.chaos.kit.ChaosException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.OctetKeyPairJsonWebKey;
import org.jose4j.jwk.OkpJwkGenerator;
import org.jose4j.lang.JoseException;

/** The key that the routers of a run share: each could make one of its own, and hosts would have to know which. */
final class TicketKey {

    private TicketKey() {}

    /** Makes one, and returns its file. */
    static Path in(Path file) {
        try {
            OctetKeyPairJsonWebKey key = OkpJwkGenerator.generateJwk(OctetKeyPairJsonWebKey.SUBTYPE_ED25519);
            key.setKeyId("chaos");
            Files.createDirectories(file.toAbsolutePath().getParent());
            return Files.writeString(file, key.toJson(JsonWebKey.OutputControlLevel.INCLUDE_PRIVATE));
        } catch (IOException | JoseException e) {
            throw new ChaosException("a key for tickets can't be made: " + e.getMessage(), e);
        }
    }
}
