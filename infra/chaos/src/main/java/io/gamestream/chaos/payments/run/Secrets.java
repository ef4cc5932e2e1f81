package io.gamestream.chaos.payments.run;

import io.gamestream.schemas.TopicCatalogue;
import io.gamestream.schemas.TopicSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Looks for the PSP's keys, for client secrets and card numbers, wherever they must not be. */
final class Secrets {

    /** A payment intent's client secret, and the card number that somebody has typed into the wrong field. */
    private static final String PATTERNS = "pi_[A-Za-z0-9]+_secret_[A-Za-z0-9]+|4242424242424242|4242 4242 4242 4242";

    private final Stage stage;
    private final Pattern forbidden;

    Secrets(Stage stage) {
        this.stage = stage;
        this.forbidden =
                Pattern.compile(PATTERNS + "|" + Pattern.quote(stage.sim().apiKey()) + "|"
                        + Pattern.quote(stage.sim().webhookSecret()));
    }

    /** Where they are. */
    List<String> find() {
        List<String> found = new ArrayList<>();
        TopicCatalogue.all().stream()
                .map(TopicSpec::name)
                .filter(topic -> topic.startsWith("payments.") || topic.startsWith("views."))
                .forEach(topic -> stage.reader().readAll(topic, new ByteArrayDeserializer(), record -> {
                    if (record.value() != null && holdsOne(new String(record.value(), StandardCharsets.ISO_8859_1))) {
                        found.add(Tail.place(record));
                    }
                }));
        try (Stream<Path> logs = Files.list(stage.logs())) {
            for (Path log : logs.filter(Secrets::isOurs).toList()) {
                int number = 0;
                for (String line :
                        Files.readString(log, StandardCharsets.ISO_8859_1).split("\n", -1)) {
                    number++;
                    if (holdsOne(line)) {
                        found.add(log.getFileName() + " line " + number);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("logs in " + stage.logs(), e);
        }
        return found;
    }

    private boolean holdsOne(String text) {
        return forbidden.matcher(text).find();
    }

    /** What the PSP writes into its own log is its own affair. */
    private static boolean isOurs(Path log) {
        String name = String.valueOf(log.getFileName());
        return name.endsWith(".log") && !name.startsWith("psp");
    }
}
