package io.gamestream.chaos.sessions.run;

import io.gamestream.local.stack.EmbeddedStack;
import io.gamestream.local.stack.LocalPorts;
import io.gamestream.local.stack.Part;
import io.gamestream.local.stack.StackPorts;
import io.gamestream.local.stack.StackSettings;
import java.nio.file.Path;

/** A Redis that can go away and come back, on one port. */
final class Redis implements AutoCloseable {

    private final StackSettings settings;
    private EmbeddedStack running;

    Redis(Path dataDir) {
        settings = StackSettings.ephemeral(dataDir)
                .withParts(Part.REDIS)
                .withPorts(new StackPorts(0, 0, LocalPorts.free(), 0));
        running = EmbeddedStack.start(settings);
    }

    String url() {
        return running.redis().url().toString();
    }

    void startAgain() {
        running = EmbeddedStack.start(settings);
    }

    /** Until it is started again. */
    @Override
    public void close() {
        running.close();
    }
}
