package io.gamestream.local.load;

import io.gamestream.schemas.identity.Tier;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A row of {@code identity.users} to be. */
public record UserRow(
        String id,
        String handle,
        @Nullable String country,
        @Nullable String region,
        Tier tier,
        @Nullable Map<String, Object> preferences,
        Instant createdAt) {}
