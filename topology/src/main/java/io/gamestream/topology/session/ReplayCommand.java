package io.gamestream.topology.session;

import io.gamestream.runtime.connection.KafkaSettings;
import io.gamestream.runtime.connection.RegistrySettings;
import io.gamestream.runtime.kafka.AvroSerdes;
import io.gamestream.runtime.service.CommandGroup;
import io.gamestream.runtime.service.SettingsOptions;
import io.gamestream.runtime.settings.Settings;
import io.gamestream.schemas.sessions.SlotEvent;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./backbone replay ...}: makes logged decisions again. */
@Command(name = "replay", description = "Makes decisions again from the log.")
public final class ReplayCommand extends CommandGroup {

    /** A checkpoint that is older than that has more to be folded after it than is worth waiting for. */
    private static final Duration CHECKPOINTS_WITHIN = Duration.ofHours(24);

    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    /** The command, whose {@code execute} returns the exit status. */
    public static CommandLine commandLine() {
        return lineOf(new ReplayCommand());
    }

    @Command(
            name = "sessions",
            description = {
                "Folds a cell's inbox again, compares each decision with the committed slot events and the cell with its"
                        + " checkpoints, and prints the hash of all decisions. Exit status 1 where it decides otherwise, and where there is nothing to compare.",
                "With --policy it also shows how the same players would have fared."
            })
    int sessions(
            @Mixin SettingsOptions options,
            @Option(names = "--cell", required = true, paramLabel = "ID", description = "A cell of the settings.")
                    String cellId,
            @Option(
                            names = "--from",
                            paramLabel = "TIME",
                            description =
                                    "ISO 8601, such as 2026-01-31T18:00:00Z: starts at the last checkpoint before; what was decided"
                                            + " before isn't compared. As early as possible by default.")
                    @Nullable
                    Instant from,
            @Option(
                            names = "--policy",
                            paramLabel = "FILE",
                            description = "Settings with another sessions.policy, in HOCON or JSON.")
                    @Nullable
                    Path policy)
            throws IOException {
        Settings settings = options.load();
        SessionConfig config = settings.bind("sessions", SessionConfig.class);
        CellSettings cell = config.cell(cellId)
                .orElseThrow(() -> new IllegalArgumentException("--cell: " + cellId + " (expected: one of "
                        + config.cells().stream().map(CellSettings::id).toList() + ")"));
        @Nullable CellPolicy other = policy == null ? null : policy(policy, cellId);
        long since = from == null ? 0 : from.toEpochMilli();
        SessionLog log = new SessionLog(
                settings.bind("kafka", KafkaSettings.class),
                new AvroSerdes(settings.bind("registry", RegistrySettings.class)));
        PrintWriter out = spec.commandLine().getOut();
        boolean same = new ReplayRun(cell, since, out).run(input(log, cell, since), other);
        if (log.unreadable() > 0) {
            out.printf("%,d records can't be read and were passed over, as the service did%n", log.unreadable());
            out.flush();
        }
        return same ? 0 : 1;
    }

    /** The inbox last: what is decided while we read is in the inbox alone, or everywhere. */
    private static ReplayInput input(SessionLog log, CellSettings cell, long from) {
        ReplayStart finder = new ReplayStart(from, log.inboxBegin(cell));
        log.checkpoints(cell, Math.max(0, from - CHECKPOINTS_WITHIN.toMillis()), finder::add);
        Optional<Checkpoint> start = finder.start();
        List<Logged<SlotEvent>> committed =
                log.slotEvents(cell.id(), start.map(Checkpoint::at).orElse(0L));
        return new ReplayInput(
                start, log.inbox(cell, start.map(Checkpoint::offset).orElse(-1L) + 1), committed, finder.hashes());
    }

    private static CellPolicy policy(Path file, String cellId) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IOException("--policy: there is no file " + file);
        }
        SessionConfig config = Settings.load(file, Map.of(), Map.of()).bind("sessions", SessionConfig.class);
        return config.policyOf(config.cell(cellId)
                .orElseThrow(() -> new IllegalArgumentException("--policy: " + file + " has no cell " + cellId)));
    }
}
