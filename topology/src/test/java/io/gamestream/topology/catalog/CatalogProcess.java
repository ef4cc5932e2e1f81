package io.gamestream.topology.catalog;

import io.gamestream.local.testing.Stack;
import io.gamestream.runtime.settings.Settings;
import io.gamestream.topology.streams.StreamsService;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Ways to run the service against a stack. */
final class CatalogProcess {

    private CatalogProcess() {}

    /** In this JVM. */
    static StreamsService inProcess(Stack stack, Path stateDir) throws Exception {
        return CatalogService.start(Settings.load(null, System.getenv(), overrides(stack, stateDir)));
    }

    /** As a process of its own, so that it can be killed; its log goes to ours. */
    static Process start(Stack stack, Path stateDir) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx192m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                CatalogService.class.getName()));
        overrides(stack, stateDir).forEach((path, value) -> command.addAll(List.of("--set", path + "=" + value)));
        return new ProcessBuilder(command).inheritIO().start();
    }

    private static Map<String, String> overrides(Stack stack, Path stateDir) {
        Map<String, String> all = stack.connectionSettings();
        all.put("catalog.http.port", "0");
        all.put("streams.state-dir", stateDir.toString());
        all.put("streams.session-timeout", "2s");
        return all;
    }
}
