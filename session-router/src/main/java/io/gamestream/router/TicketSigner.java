package io.gamestream.router;

import io.gamestream.schemas.sessions.Assignment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.OctetKeyPairJsonWebKey;
import org.jose4j.jwk.OkpJwkGenerator;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.lang.JoseException;

/**
 * Signs what a player shows to a host: a JWT (RFC 7519) with EdDSA (RFC 8037), which the host checks by itself with the key set. It
 * names player, session, host, boot, slot and fencing token.
 */
public final class TicketSigner {

    private final RouterSettings.Tickets settings;
    private final PublicJsonWebKey key;

    /**
     * With the key of the settings, or one that is made now.
     *
     * @throws IllegalArgumentException where the key's file can't be read or holds no private Ed25519 key
     */
    public TicketSigner(RouterSettings.Tickets settings) {
        this.settings = settings;
        this.key = key(settings.key());
    }

    /** The ticket of a session that has a slot. */
    public String sign(Assignment assignment, long now) {
        JwtClaims claims = new JwtClaims();
        claims.setIssuer(settings.issuer());
        claims.setSubject(assignment.getPlayerId());
        claims.setAudience(assignment.getHostId());
        claims.setJwtId(assignment.getSessionId());
        claims.setIssuedAt(NumericDate.fromMilliseconds(now));
        claims.setExpirationTime(
                NumericDate.fromMilliseconds(now + settings.validFor().toMillis()));
        claims.setStringClaim("boot", assignment.getBootId());
        claims.setStringClaim("game", assignment.getGameId());
        claims.setClaim("slot", assignment.getSlot());
        claims.setClaim("token", assignment.getToken());
        JsonWebSignature signature = new JsonWebSignature();
        signature.setPayload(claims.toJson());
        signature.setKey(key.getPrivateKey());
        signature.setKeyIdHeaderValue(key.getKeyId());
        signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.EDDSA);
        try {
            return signature.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException("a ticket can't be signed", e);
        }
    }

    /** The public keys, as a JWK set (RFC 7517). */
    public String keys() {
        return new JsonWebKeySet(key).toJson(OutputControlLevel.PUBLIC_ONLY);
    }

    private static PublicJsonWebKey key(String file) {
        try {
            if (file.isEmpty()) {
                PublicJsonWebKey made = OkpJwkGenerator.generateJwk(OctetKeyPairJsonWebKey.SUBTYPE_ED25519);
                made.setKeyId(UUID.randomUUID().toString());
                return made;
            }
            PublicJsonWebKey read = PublicJsonWebKey.Factory.newPublicJwk(Files.readString(Path.of(file)));
            if (read.getPrivateKey() == null || !(read instanceof OctetKeyPairJsonWebKey)) {
                throw new IllegalArgumentException("tickets.key: " + file + " (expected: a private Ed25519 JWK)");
            }
            return read;
        } catch (IOException | JoseException e) {
            throw new IllegalArgumentException("tickets.key: " + file + ": " + e.getMessage(), e);
        }
    }
}
