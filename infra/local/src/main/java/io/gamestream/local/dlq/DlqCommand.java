package io.gamestream.local.dlq;

import com.fasterxml.jackson.databind.JsonNode;
import io.gamestream.local.service.ProductSettings;
import io.gamestream.local.stack.StackException;
import io.gamestream.runtime.connection.KafkaSettings;
import io.gamestream.runtime.connection.RegistrySettings;
import io.gamestream.runtime.kafka.AvroSerdes;
import io.gamestream.runtime.service.SettingsOptions;
import io.gamestream.runtime.settings.Settings;
import io.gamestream.schemas.dlq.ReplayNote;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.common.errors.TimeoutException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code dlq}: what could not be processed, and what to do about it. */
@Command(
        name = "dlq",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Dead letters: records that could not be processed, and orders that are parked.",
        footer = "%nExit status: 0 done, 1 not done (a line says why).")
public final class DlqCommand implements Runnable {

    @Spec
    CommandSpec spec;

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "which command? (ls, show, replay)");
    }

    @Command(name = "ls", mixinStandardHelpOptions = true, description = "One line per dead letter, oldest first.")
    int ls(
            @Mixin SettingsOptions options,
            @Option(names = "--all", description = "Also those that are resolved or replayed.") boolean all) {
        Tools tools = Tools.of(ProductSettings.load(options));
        PrintWriter out = spec.commandLine().getOut();
        Map<String, ReplayNote> notes = tools.kafka(() -> tools.replay.notes());
        List<RecordLetter> letters = tools.kafka(() -> tools.letters.all());
        for (RecordLetter letter : letters) {
            boolean done = notes.containsKey(letter.id().toString());
            if (all || !done) {
                out.println(
                        letter.id() + "  " + letter.at() + "  " + (done ? "REPLAYED  " : "") + firstLine(letter.why()));
            }
        }
        out.flush();
        for (JsonNode parked : tools.parked.list(!all)) {
            out.println(parked.path("deadLetterId").asText() + "  "
                    + parked.path("parkedAt").asText() + "  "
                    + (parked.path("status").asText().equals("OPEN") ? "" : "RESOLVED  ")
                    + parked.path("cause").asText() + ": "
                    + firstLine(parked.path("message").asText()));
        }
        out.flush();
        return 0;
    }

    @Command(name = "show", mixinStandardHelpOptions = true, description = "All that is known of one.")
    int show(@Mixin SettingsOptions options, @Parameters(paramLabel = "ID") String id) {
        Tools tools = Tools.of(ProductSettings.load(options));
        PrintWriter out = spec.commandLine().getOut();
        Optional<LetterId> record = LetterId.parse(id);
        if (record.isPresent()) {
            LetterText.write(
                    tools.find(record.get()),
                    Optional.ofNullable(tools.kafka(() -> tools.replay.notes()).get(id)),
                    out);
        } else {
            out.println(tools.parked.find(id).orElseThrow(() -> none(id)).toPrettyString());
        }
        out.flush();
        return 0;
    }

    @Command(
            name = "replay",
            mixinStandardHelpOptions = true,
            description =
                    "Sends the record again to where it came from, or takes the parked order up where it was. A second"
                            + " time changes nothing.")
    int replay(
            @Mixin SettingsOptions options,
            @Parameters(paramLabel = "ID", arity = "1..*") List<String> ids,
            @Option(
                            names = "--actor",
                            defaultValue = "${sys:user.name}",
                            description = "Who asks. Default: the user of the machine.")
                    String actor) {
        Tools tools = Tools.of(ProductSettings.load(options));
        PrintWriter out = spec.commandLine().getOut();
        int status = 0;
        for (String id : ids) {
            Optional<LetterId> record = LetterId.parse(id);
            Optional<String> not = record.isPresent()
                    ? tools.kafka(() -> tools.replay.replay(tools.find(record.get()), actor))
                    : tools.parked.replay(id, actor);
            out.println(id + ": " + not.orElse("replayed"));
            status = not.isPresent() ? 1 : status;
        }
        out.flush();
        return status;
    }

    private static StackException none(String id) {
        return new StackException("there is no dead letter " + id + " ('dlq ls' lists them)");
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("");
    }

    /** What the commands work with. */
    private static final class Tools {

        private final KafkaSettings settings;
        private final RecordLetters letters;
        private final RecordReplay replay;
        private final ParkedOrdersClient parked;

        private Tools(KafkaSettings kafka, AvroSerdes serdes, DlqSettings dlq) {
            settings = kafka;
            letters = new RecordLetters(kafka);
            replay = new RecordReplay(kafka, serdes, letters, InstantSource.system());
            parked = new ParkedOrdersClient(dlq.paymentsUrl());
        }

        private static Tools of(Settings settings) {
            return new Tools(
                    settings.bind("kafka", KafkaSettings.class),
                    new AvroSerdes(settings.bind("registry", RegistrySettings.class)),
                    settings.bind("dlq", DlqSettings.class));
        }

        private RecordLetter find(LetterId id) {
            return kafka(() -> letters.find(id)).orElseThrow(() -> none(id.toString()));
        }

        private <T> T kafka(Supplier<T> work) {
            try {
                return work.get();
            } catch (TimeoutException e) {
                throw new StackException(
                        "Kafka at " + settings.bootstrapServers()
                                + " doesn't answer (setting kafka.bootstrap-servers): " + e.getMessage(),
                        e);
            }
        }
    }
}
