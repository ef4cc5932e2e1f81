package io.gamestream.chaos.sessions.run;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.gamestream.chaos.kit.ChaosException;
import io.gamestream.local.sessions.HostFact;
import io.gamestream.local.sessions.PlayerFact;
import io.gamestream.local.sessions.Witness;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What hosts and players truly did: appended to a file, and kept. */
final class TruthLog implements Witness, AutoCloseable {

    private static final JsonMapper MAPPER = new JsonMapper();

    private final List<HostFact> hosts = new ArrayList<>();
    private final List<PlayerFact> players = new ArrayList<>();
    private final BufferedWriter file;

    TruthLog(Path path) {
        try {
            Files.createDirectories(path.toAbsolutePath().getParent());
            file = Files.newBufferedWriter(path);
        } catch (IOException e) {
            throw new ChaosException("the log of hosts and players can't be written: " + e.getMessage(), e);
        }
    }

    @Override
    public synchronized void sees(HostFact fact) {
        hosts.add(fact);
        append(fact);
    }

    @Override
    public synchronized void sees(PlayerFact fact) {
        players.add(fact);
        append(fact);
    }

    synchronized List<HostFact> hosts() {
        return List.copyOf(hosts);
    }

    synchronized List<PlayerFact> players() {
        return List.copyOf(players);
    }

    @Override
    public synchronized void close() throws IOException {
        file.close();
    }

    private void append(Object fact) {
        try {
            file.write(MAPPER.writeValueAsString(fact));
            file.newLine();
        } catch (IOException e) {
            throw new UncheckedIOException("the log of hosts and players", e);
        }
    }
}
