package io.gamestream.serving.render;

import io.gamestream.schemas.views.UserView;

/** A user as {@code /v1/users/{id}} answers it. */
public final class UserJson {

    private UserJson() {}

    /** The members, without the opening brace. */
    public static byte[] render(UserView user) {
        return JsonMembers.of(json -> {
            json.writeStringField("id", user.getId());
            json.writeStringField("handle", user.getHandle());
            json.writeStringField("country", user.getCountry());
            json.writeStringField("region", user.getRegion());
            json.writeStringField("tier", user.getTier());
            json.writeStringField("status", user.getStatus());
            json.writeStringField("createdAt", user.getCreatedAt().toString());
            json.writeStringField("updatedAt", user.getUpdatedAt().toString());
        });
    }
}
