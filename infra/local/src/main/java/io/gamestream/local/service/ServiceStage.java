package io.gamestream.local.service;

import io.gamestream.local.stack.LocalPorts;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Services of the product on somebody's stack, each on a free port: for tests, benchmarks and kill-and-check runs. Started
 * as {@code ./backbone up} starts them.
 */
public final class ServiceStage implements AutoCloseable {

    private final Path home;
    private final Path dataDir;
    private final List<String> settings;
    private final WhenItDies whenItDies;
    private final Compilers compilers;
    private final ServiceProbe probe = new ServiceProbe();
    private final List<String> problems = new CopyOnWriteArrayList<>();
    private final List<ServiceInstance> started = new CopyOnWriteArrayList<>();
    private final Map<String, Integer> ports = new LinkedHashMap<>();
    private final Map<String, ServiceInstance> byPort = new HashMap<>();

    /**
     * Nothing is started yet.
     *
     * @param home the project's directory, where the modules are built
     * @param dataDir for state and logs
     * @param settings of every service, {@code path=value}: those that lead it to the stack
     */
    public ServiceStage(Path home, Path dataDir, List<String> settings, WhenItDies whenItDies) {
        this(home, dataDir, settings, whenItDies, Compilers.QUICK_ONLY);
    }

    /** The same with other compilers than on a laptop. */
    public ServiceStage(Path home, Path dataDir, List<String> settings, WhenItDies whenItDies, Compilers compilers) {
        this.home = home.toAbsolutePath().normalize();
        this.dataDir = dataDir.toAbsolutePath().normalize();
        this.settings = List.copyOf(settings);
        this.whenItDies = whenItDies;
        this.compilers = compilers;
        ServiceTable.all().forEach(spec -> spec.doors().forEach(door -> ports.put(door, LocalPorts.free())));
    }

    /** One instance, under the service's own name. */
    public ServiceInstance start(String service) {
        return start(service, service);
    }

    /**
     * One instance; does not wait until it is ready.
     *
     * @param name of this instance, among all that were ever started here
     * @param arguments its own, such as {@code --config FILE}; among several values of a setting the last one wins
     * @throws IllegalStateException where its module has not been built, or the process can't be started
     */
    public ServiceInstance start(String service, String name, String... arguments) {
        return start(ServiceTable.of(service), name, arguments);
    }

    /** The same of a service that is not quite as the table has it. */
    public synchronized ServiceInstance start(ServiceSpec spec, String name, String... arguments) {
        int port = port(spec);
        Services.Context context = context(List.of(spec.httpPort(port)), arguments);
        return started(spec, name, port, Services.start(spec, name, context, whenItDies, problems::add));
    }

    /**
     * One instance of each, in the processes that they share on a laptop: less of a start, where nothing depends on it that one
     * can die without the others.
     *
     * @return by name, in the table's order
     */
    public synchronized Map<String, ServiceInstance> startTogether(List<ServiceSpec> specs, String... arguments) {
        Map<String, ServiceInstance> all = new LinkedHashMap<>();
        for (ServiceGroup group : ServiceTable.groups(specs)) {
            Map<ServiceSpec, Integer> its = new LinkedHashMap<>();
            group.services().forEach(spec -> its.put(spec, port(spec)));
            List<String> doors = new ArrayList<>();
            its.forEach((spec, port) -> doors.add(spec.httpPort(port)));
            SupervisedService process = Services.start(group, context(doors, arguments), whenItDies, problems::add);
            its.forEach((spec, port) -> all.put(spec.name(), started(spec, spec.name(), port, process)));
        }
        return all;
    }

    private Services.Context context(List<String> doors, String... arguments) {
        List<String> all = new ArrayList<>();
        // Gateway, worker and PSP find each other by these.
        ports.forEach((http, known) -> all.addAll(List.of("--set", http + ".port=" + known)));
        settings.forEach(setting -> all.addAll(List.of("--set", setting)));
        doors.forEach(door -> all.addAll(List.of("--set", door)));
        all.addAll(List.of(arguments));
        return new Services.Context(home, dataDir, all, Map.of(), compilers, true);
    }

    private ServiceInstance started(ServiceSpec spec, String name, int port, SupervisedService process) {
        if (process.process() == null) {
            process.close();
            throw new IllegalStateException(String.join("; ", problems));
        }
        ServiceInstance instance = new ServiceInstance(name, process, port, whenItDies, probe);
        started.add(instance);
        byPort.putIfAbsent(spec.httpSettings(), instance);
        return instance;
    }

    /** The service's own, as long as no other instance has it. */
    private int port(ServiceSpec spec) {
        ServiceInstance holder = byPort.get(spec.httpSettings());
        if (holder != null && holder.isAlive()) {
            return LocalPorts.free();
        }
        byPort.remove(spec.httpSettings());
        return ports.computeIfAbsent(spec.httpSettings(), none -> LocalPorts.free());
    }

    /** What was told of services that have died or could not be started. */
    public List<String> problems() {
        return List.copyOf(problems);
    }

    /** Side by side. */
    @Override
    public void close() {
        started.parallelStream().forEach(ServiceInstance::close);
    }
}
