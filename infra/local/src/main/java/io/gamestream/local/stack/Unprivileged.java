package io.gamestream.local.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * How to run Postgres, which refuses to be root, when we are root: in a user namespace of its own, or, where the system
 * forbids those (many containers do), as the user "nobody".
 */
final class Unprivileged {

    private static final List<String> NAMESPACE = List.of("unshare", "-U");
    private static final String USER = "nobody";
    private static final int NOGROUP = 65_534;

    private final List<String> prefix;

    private Unprivileged(List<String> prefix) {
        this.prefix = prefix;
    }

    static Unprivileged detect() {
        if (!"root".equals(System.getProperty("user.name"))) {
            return new Unprivileged(List.of());
        }
        if (works(List.of("unshare", "-U", "true"))) {
            return new Unprivileged(NAMESPACE);
        }
        // By name: Postgres looks its user up. The group has another name in each distribution, so by number.
        return new Unprivileged(List.of("setpriv", "--reuid=" + USER, "--regid=" + NOGROUP, "--clear-groups"));
    }

    /** That command, run so that it is not root. */
    List<String> command(List<String> command) {
        return Stream.concat(prefix.stream(), command.stream()).toList();
    }

    /**
     * Gives the file or directory to the user that Postgres will run as, where that is another one.
     *
     * @throws StackException where that user can't get there
     */
    void own(Path path) throws IOException {
        if (prefix.isEmpty() || prefix.equals(NAMESPACE)) {
            return;
        }
        Files.setOwner(
                path, path.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(USER));
        if (!works(command(List.of("test", "-w", path.toString())))) {
            throw new StackException("Postgres can't run as root, and user " + USER + " can't reach " + path
                    + "; start as an ordinary user, or choose a --data-dir whose parents everybody may enter");
        }
    }

    private static boolean works(List<String> command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
