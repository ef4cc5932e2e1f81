package io.gamestream.agent;

import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.keys.resolvers.JwksVerificationKeyResolver;
import org.jose4j.lang.JoseException;

/** Checks the tickets that players show, with the routers' public keys alone: nobody is asked. */
public final class PlayerTickets {

    /** A ticket that is good; slot and token say which session of this host it is for. */
    public record Ticket(String playerId, String sessionId, String bootId, int slot, long token) {}

    private static final int SKEW_SECONDS = 30;

    private final JwtConsumer consumer;

    /**
     * For one host.
     *
     * @param keys what {@code GET /v1/keys} of the routers answers
     * @throws IllegalArgumentException where that is no JWK set
     */
    public PlayerTickets(String hostId, String issuer, String keys) {
        try {
            consumer = new JwtConsumerBuilder()
                    .setVerificationKeyResolver(
                            new JwksVerificationKeyResolver(new JsonWebKeySet(keys).getJsonWebKeys()))
                    .setJwsAlgorithmConstraints(
                            new AlgorithmConstraints(ConstraintType.PERMIT, AlgorithmIdentifiers.EDDSA))
                    .setExpectedIssuer(issuer)
                    .setExpectedAudience(hostId)
                    .setRequireExpirationTime()
                    .setAllowedClockSkewInSeconds(SKEW_SECONDS)
                    .build();
        } catch (JoseException e) {
            throw new IllegalArgumentException("keys: no JWK set: " + e.getMessage(), e);
        }
    }

    /**
     * The ticket of a text.
     *
     * @throws IllegalArgumentException where it isn't good: forged, expired, or for another host
     */
    public Ticket check(String text) {
        try {
            JwtClaims claims = consumer.processToClaims(text);
            return new Ticket(
                    claims.getSubject(),
                    claims.getJwtId(),
                    claims.getStringClaimValue("boot"),
                    claims.getClaimValue("slot", Long.class).intValue(),
                    claims.getClaimValue("token", Long.class));
        } catch (InvalidJwtException | MalformedClaimException e) {
            throw new IllegalArgumentException("ticket: not good: " + e.getMessage(), e);
        }
    }
}
