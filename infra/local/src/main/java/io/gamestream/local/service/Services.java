package io.gamestream.local.service;

import io.gamestream.local.process.ChildProcess;
import io.gamestream.local.process.ClassArchive;
import io.gamestream.local.process.JavaCommand;
import io.gamestream.local.process.ParallelClose;
import io.gamestream.local.process.StopSignal;
import io.gamestream.local.psp.PspKeys;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The product's services on one machine, in supervised processes. */
public final class Services implements AutoCloseable {

    private static final String PSP = "{psp}";

    /** What the stack's own broker allows, and the least that Kafka does by default. */
    private static final String SESSION_OF_OURS = "4s";

    private static final String SESSION_ELSEWHERE = "6s";

    private final List<String> names;
    private final List<SupervisedService> running;
    private final List<ClassArchive> archives;

    private Services(List<String> names, List<SupervisedService> running, List<ClassArchive> archives) {
        this.names = names;
        this.running = running;
        this.archives = archives;
    }

    /**
     * What all of them are started with.
     *
     * @param home the project's directory, where the modules are built
     * @param arguments of every service: {@code --config}, {@code --set}
     * @param environment the stack's connections
     * @param compilers of their JVMs
     * @param ownBroker whether Kafka is the stack's own, which allows shorter sessions
     */
    public record Context(
            Path home,
            Path dataDir,
            List<String> arguments,
            Map<String, String> environment,
            Compilers compilers,
            boolean ownBroker) {

        public Context {
            arguments = List.copyOf(arguments);
            environment = Map.copyOf(environment);
        }
    }

    /**
     * Starts them; does not wait until they are ready.
     *
     * @param problems is told, in words for the user, about services that die
     */
    public static Services start(List<ServiceSpec> specs, Context context, Consumer<String> problems) {
        List<SupervisedService> running = new ArrayList<>();
        List<ClassArchive> archives = new ArrayList<>();
        for (ServiceGroup group : ServiceTable.groups(specs)) {
            ClassArchive archive = archive(group, group.name(), context);
            archives.add(archive);
            running.add(start(group, archive, context, WhenItDies.START_AGAIN, problems));
        }
        return new Services(specs.stream().map(ServiceSpec::name).toList(), running, List.copyOf(archives));
    }

    /** One of them alone; several under names of their own can be instances of the same service. */
    static SupervisedService start(
            ServiceSpec spec, String name, Context context, WhenItDies whenItDies, Consumer<String> problems) {
        ServiceGroup alone = ServiceGroup.of(spec, name);
        return start(alone, archive(alone, spec.name(), context), context, whenItDies, problems);
    }

    /** Several of them in one process. */
    static SupervisedService start(
            ServiceGroup group, Context context, WhenItDies whenItDies, Consumer<String> problems) {
        return start(group, archive(group, group.name(), context), context, whenItDies, problems);
    }

    /** The services that were started. */
    public List<String> names() {
        return names;
    }

    public List<ClassArchive> classArchives() {
        return archives;
    }

    /** Of all of them together, since the start. */
    public int restarts() {
        return running.stream().mapToInt(SupervisedService::restarts).sum();
    }

    /** Side by side; each has some seconds to leave its groups and finish its transactions. */
    @Override
    public void close() {
        ParallelClose.closeAll(running);
    }

    /** From now on: what dies stays dead. For a run that is about to be closed, part by part. */
    public void startNoneAgain() {
        running.forEach(SupervisedService::startNoneAgain);
    }

    private static ClassArchive archive(ServiceGroup group, String program, Context context) {
        String classPath = group.first()
                .classPath(context.home())
                .orElseThrow(() -> new IllegalStateException(
                        context.home().resolve(group.first().module()) + " has not been built; run mvn package first"));
        return new ClassArchive(
                program,
                ClassArchive.directory(context.home().resolve("target")).resolve(program + ".jsa"),
                context.dataDir().resolve("run").resolve(program + ".classes"),
                classPath);
    }

    private static SupervisedService start(
            ServiceGroup group,
            ClassArchive archive,
            Context context,
            WhenItDies whenItDies,
            Consumer<String> problems) {
        List<String> command = new JavaCommand(context.dataDir())
                .flags(context.compilers().jvmFlags().toArray(String[]::new))
                .flags(group.jvmFlags().toArray(String[]::new))
                .classArchive(archive)
                .main(
                        archive.classPath(),
                        group.mainClass(),
                        group.arguments(spec -> arguments(spec, state(group, context), context)));
        Map<String, String> environment = new HashMap<>(context.environment());
        // glibc gives each thread an arena of up to 64 MB otherwise.
        environment.put("MALLOC_ARENA_MAX", "2");
        SupervisedService service = new SupervisedService(
                new ChildProcess.Spec(
                        group.name(),
                        command,
                        environment,
                        context.dataDir(),
                        context.dataDir().resolve("logs").resolve(group.name() + ".log"),
                        StopSignal.TERM),
                archive,
                whenItDies,
                problems);
        service.start();
        return service;
    }

    /** Its keys are made before whoever needs them is started. */
    private static String psp(String setting, Context context) {
        Path directory = context.dataDir().resolve("psp");
        if (setting.contains(PSP)) {
            PspKeys.in(directory);
        }
        return directory.toString();
    }

    /** Further instances have theirs beside that of the first. */
    private static Path state(ServiceGroup group, Context context) {
        boolean further = group.services().size() == 1
                && !group.name().equals(group.first().name());
        return further ? context.dataDir().resolve(group.name()) : context.dataDir();
    }

    /** The user's own come last: among several for one path, the last one wins. */
    private static List<String> arguments(ServiceSpec spec, Path state, Context context) {
        List<String> all = new ArrayList<>();
        for (String setting : spec.settings()) {
            all.add("--set");
            all.add(setting.replace("{data}", state.toString())
                    .replace("{session}", context.ownBroker() ? SESSION_OF_OURS : SESSION_ELSEWHERE)
                    .replace(PSP, psp(setting, context)));
        }
        all.addAll(context.arguments());
        return all;
    }
}
