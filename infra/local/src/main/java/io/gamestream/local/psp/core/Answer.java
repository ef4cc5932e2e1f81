package io.gamestream.local.psp.core;

import org.jspecify.annotations.Nullable;

/**
 * What a request is answered with: an object, or an error.
 *
 * @param object its id; its state is in the same entry of the log
 */
public record Answer(
        int status, @Nullable String object, @Nullable ApiError error) {

    public static Answer of(PspObject object) {
        return new Answer(200, object.id(), null);
    }

    public static Answer of(ApiError error) {
        return new Answer(error.status(), null, error);
    }
}
