package io.gamestream.runtime.service;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Runs several services as one process: {@code CLASS ARGUMENT... [-- CLASS ARGUMENT...]...}. They share nothing but the JVM;
 * where one of them can't start or can't go on all of them end, with its exit status.
 */
public final class ServicesMain {

    /** Before the next service. */
    public static final String NEXT = "--";

    private ServicesMain() {}

    /** Returns while they run. */
    public static void main(String[] args) throws ReflectiveOperationException {
        List<Thread> mains = new ArrayList<>();
        for (List<String> service : split(args)) {
            String[] arguments = service.subList(1, service.size()).toArray(String[]::new);
            mains.add(new Thread(main(service.get(0), arguments), service.get(0)));
        }
        mains.forEach(Thread::start);
    }

    static List<List<String>> split(String[] args) {
        List<List<String>> services = new ArrayList<>();
        int from = 0;
        for (int i = 0; i <= args.length; i++) {
            if (i == args.length || args[i].equals(NEXT)) {
                if (i == from) {
                    throw new IllegalArgumentException(
                            String.join(" ", args) + " (expected: CLASS ARGUMENT... [-- CLASS ARGUMENT...]...)");
                }
                services.add(List.copyOf(Arrays.asList(args).subList(from, i)));
                from = i + 1;
            }
        }
        return services;
    }

    private static Runnable main(String className, String[] arguments) throws ReflectiveOperationException {
        MethodHandle main = MethodHandles.publicLookup()
                .findStatic(Class.forName(className), "main", MethodType.methodType(void.class, String[].class));
        return () -> {
            try {
                main.invokeExact(arguments);
            } catch (RuntimeException | Error e) {
                throw e;
            } catch (Throwable e) {
                throw new IllegalStateException(className + " can't be run", e);
            }
        };
    }
}
