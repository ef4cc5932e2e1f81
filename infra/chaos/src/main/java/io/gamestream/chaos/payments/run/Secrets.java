package io.gamestream.chaos.payments.run;

import io.gamestream.chaos.payments.check.Forbidden;
import io.gamestream.schemas.TopicCatalogue;
import io.gamestream.schemas.TopicSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/** Looks for secrets and card numbers wherever they must not be: in keys, values and headers of records, and in logs. */
final class Secrets {

    private final Stage stage;
    private final Forbidden forbidden;

    Secrets(Stage stage) {
        this.stage = stage;
        this.forbidden = new Forbidden(List.of(stage.sim().apiKey(), stage.sim().webhookSecret()));
    }

    /** What is where; none of them is repeated. */
    List<String> find() {
        List<String> found = new ArrayList<>();
        TopicCatalogue.all().stream()
                .map(TopicSpec::name)
                .filter(topic -> topic.startsWith("payments.") || topic.startsWith("views."))
                .forEach(topic -> stage.reader().readAll(topic, new ByteArrayDeserializer(), record -> {
                    String place = Tail.place(record);
                    look(record.key() == null ? "" : record.key(), "the key of " + place, found);
                    look(text(record.value()), place, found);
                    record.headers()
                            .forEach(header ->
                                    look(text(header.value()), "header " + header.key() + " of " + place, found));
                }));
        try (Stream<Path> logs = Files.list(stage.logs())) {
            for (Path log : logs.filter(Secrets::isOurs).toList()) {
                int number = 0;
                for (String line :
                        Files.readString(log, StandardCharsets.ISO_8859_1).split("\n", -1)) {
                    number++;
                    look(line, log.getFileName() + " line " + number, found);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("logs in " + stage.logs(), e);
        }
        return found;
    }

    private void look(String text, String place, List<String> found) {
        forbidden.in(text).ifPresent(what -> found.add(place + ": " + what));
    }

    private static String text(byte @Nullable [] bytes) {
        return bytes == null ? "" : new String(bytes, StandardCharsets.ISO_8859_1);
    }

    /** What the PSP writes into its own log is its own affair. */
    private static boolean isOurs(Path log) {
        String name = String.valueOf(log.getFileName());
        return name.endsWith(".log") && !name.startsWith("psp");
    }
}
