package io.gamestream.schemas.compatibility;

import io.gamestream.schemas.StateCatalogue;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.message.BinaryMessageDecoder;
import org.jspecify.annotations.Nullable;

/** Every version that a schema has had, as the jar brings them: by them an application reads what an earlier one has written. */
public final class CommittedSchemas {

    private static final List<Schema> STATE = StateCatalogue.histories().stream()
            .flatMap(history -> versions(history).stream())
            .toList();

    private CommittedSchemas() {}

    /** Lets a decoder of single-object encoding read all versions of what is kept in stores; otherwise it knows its own. */
    public static void teachState(BinaryMessageDecoder<?> decoder) {
        STATE.forEach(decoder::addSchema);
    }

    /**
     * Of one subject, oldest first.
     *
     * @throws IllegalArgumentException where there is no such history
     */
    public static List<Schema> versions(String subject) {
        List<Schema> versions = new ArrayList<>();
        for (Schema next = version(subject, 1); next != null; next = version(subject, versions.size() + 1)) {
            versions.add(next);
        }
        if (versions.isEmpty()) {
            throw new IllegalArgumentException("subject: " + subject + " (expected: one with a committed schema)");
        }
        return versions;
    }

    private static @Nullable Schema version(String subject, int version) {
        String name = "/schema-history/" + subject + "/" + version + ".avsc";
        try (InputStream text = CommittedSchemas.class.getResourceAsStream(name)) {
            return text == null ? null : new Schema.Parser().parse(text);
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }
}
