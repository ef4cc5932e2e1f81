package io.gamestream.local.stack;

import java.io.IOException;
import java.nio.file.Path;

/** A stack in a JVM of its own, to be killed. Prints where its parts are when it is ready, and never stops by itself. */
final class StackProcess {

    static final String READY = "READY";

    private StackProcess() {}

    public static void main(String[] args) throws IOException {
        StackSettings settings = StackSettings.ephemeral(Path.of(args[0]));
        EmbeddedStack stack = EmbeddedStack.start(settings);
        System.out.println(READY + " " + String.join(" ", stack.connectionSettings()));
        System.out.flush();
        // Until the pipe to the test closes.
        if (System.in.read() < 0) {
            stack.close();
        }
    }
}
