package io.gamestream.chaos.cdc.run;

import io.gamestream.local.process.ChildProcess;
import io.gamestream.local.process.JavaCommand;
import io.gamestream.local.service.ServiceProbe;
import io.gamestream.local.service.ServiceSpec;
import io.gamestream.local.service.ServiceTable;
import io.gamestream.local.stack.LocalPorts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Starts instances of the capture, each a JVM of its own on the class path that the build has left. */
final class CdcLauncher {

    private static final String SERVICE = "cdc";

    private final ServiceSpec spec;
    private final String classPath;
    private final Path dataDir;
    private final List<String> settings;
    private final ServiceProbe probe = new ServiceProbe();
    private int started;

    /**
     * @param home the project's directory
     * @param settings {@code path=value}
     * @throws ChaosException where the capture has not been built
     */
    CdcLauncher(Path home, Path dataDir, List<String> settings) {
        this.spec = ServiceTable.all().stream()
                .filter(service -> service.name().equals(SERVICE))
                .findFirst()
                .orElseThrow(() -> new ChaosException("there is no service " + SERVICE));
        this.classPath = spec.classPath(home)
                .orElseThrow(() ->
                        new ChaosException(home.toAbsolutePath().normalize().resolve(spec.module())
                                + " has not been built; run mvn package first"));
        this.dataDir = dataDir;
        this.settings = List.copyOf(settings);
    }

    CdcProcess start() {
        int port = LocalPorts.free();
        String name = SERVICE + "-" + ++started;
        List<String> command = new JavaCommand(dataDir)
                .flags(spec.jvmFlags().toArray(String[]::new))
                .main(classPath, spec.mainClass(), arguments(port));
        Path log = dataDir.resolve("logs").resolve(name + ".log");
        try {
            ChildProcess child = ChildProcess.start(ChildProcess.Spec.of(name, command, dataDir, log));
            return new CdcProcess(child, "http://" + LocalPorts.HOST + ":" + port, probe);
        } catch (IOException e) {
            throw new ChaosException("the capture could not be started", e);
        }
    }

    private List<String> arguments(int port) {
        List<String> all = new ArrayList<>(settings);
        all.add(spec.httpSettings() + ".port=" + port);
        return all.stream()
                .flatMap(setting -> List.of("--set", setting).stream())
                .toList();
    }
}
