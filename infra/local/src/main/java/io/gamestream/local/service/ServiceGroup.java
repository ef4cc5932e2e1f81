package io.gamestream.local.service;

import io.gamestream.runtime.service.ServicesMain;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * A process, and the services in it.
 *
 * @param name of the process
 * @param services of one module
 * @param jvmFlags of the process
 */
record ServiceGroup(String name, List<ServiceSpec> services, List<String> jvmFlags) {

    ServiceGroup {
        services = List.copyOf(services);
        jvmFlags = List.copyOf(jvmFlags);
        if (services.stream().map(ServiceSpec::module).distinct().count() != 1) {
            throw new IllegalArgumentException("process " + name + ": "
                    + services.stream().map(ServiceSpec::module).toList() + " (expected: services of one module)");
        }
    }

    /** One service alone. */
    static ServiceGroup of(ServiceSpec spec, String name) {
        return new ServiceGroup(name, List.of(spec), spec.jvmFlags());
    }

    /** What they share. */
    ServiceSpec first() {
        return services.get(0);
    }

    String mainClass() {
        return services.size() == 1 ? first().mainClass() : ServicesMain.class.getName();
    }

    /** @param of the arguments of one of them */
    List<String> arguments(Function<ServiceSpec, List<String>> of) {
        if (services.size() == 1) {
            return of.apply(first());
        }
        List<String> all = new ArrayList<>();
        for (ServiceSpec spec : services) {
            if (!all.isEmpty()) {
                all.add(ServicesMain.NEXT);
            }
            all.add(spec.mainClass());
            all.addAll(of.apply(spec));
        }
        return all;
    }
}
