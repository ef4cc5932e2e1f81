package io.gamestream.runtime.service;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/**
 * Runs one service as a process, or as a part of one ({@link ServicesMain}).
 *
 * <p>Exit status: 0 after SIGTERM, SIGINT or an end of its own, 1 when it can't start or can't go on (one line on standard
 * error says why; the stack trace is in the log at debug), 2 for wrong arguments.
 */
public final class ServiceMain {

    /** Below the grace of usual supervisors (10 s with containers), so that ours is the message about a slow stop. */
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(9);

    /** Those of this process that have not been closed; it ends with the last of them. */
    private static final Set<ServiceMain> RUNNING = ConcurrentHashMap.newKeySet();

    /** How the process ends: as the first service that has ended of its own. */
    private static final AtomicInteger STATUS = new AtomicInteger();

    private final String name;
    private final PrintStream err;
    private final CompletableFuture<Service> started = new CompletableFuture<>();
    private final AtomicBoolean closing = new AtomicBoolean();

    private ServiceMain(String name, PrintStream err) {
        this.name = name;
        this.err = err;
    }

    /** The whole of a service's {@code main}: never returns. */
    public static void run(String name, String[] args, ServiceFactory factory) {
        Thread.setDefaultUncaughtExceptionHandler(
                (thread, e) -> LoggerFactory.getLogger(ServiceMain.class).error("thread {} died", thread.getName(), e));
        ServiceMain main = new ServiceMain(name, System.err);
        RUNNING.add(main);
        Runtime.getRuntime().addShutdownHook(new Thread(main::onSignal, name + "-stop"));
        int status = main.execute(args, System.getenv(), factory);
        // After --help or wrong arguments nothing has been started, and the hook must not wait for it.
        main.started.cancel(false);
        STATUS.compareAndSet(0, status);
        Runtime.getRuntime().exit(status);
    }

    private int execute(String[] args, Map<String, String> environment, ServiceFactory factory) {
        ServiceArguments arguments = new ServiceArguments();
        CommandLine line = new CommandLine(arguments).setCommandName(name);
        try {
            line.parseArgs(args);
        } catch (ParameterException e) {
            err.println(name + ": " + e.getMessage() + " (--help shows what there is)");
            return 2;
        }
        if (arguments.help) {
            line.usage(System.out);
            return 0;
        }
        Service service;
        try {
            service = factory.start(arguments.settings.load(environment, Map.of()));
        } catch (Throwable e) {
            started.completeExceptionally(e);
            return report("can't start", e);
        }
        started.complete(service);
        return awaitEnd(service);
    }

    private int awaitEnd(Service service) {
        int status;
        try {
            service.failure().toCompletableFuture().get();
            status = 0;
        } catch (ExecutionException e) {
            status = report("stops", Objects.requireNonNullElse(e.getCause(), e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            status = 1;
        }
        close(service);
        return status;
    }

    /** Also runs at the end of {@link #run}, where it finds nothing left to do. */
    private void onSignal() {
        if (!started.isDone() && !closing.get()) {
            // Still starting: what is half open must be closed, or its locks and group members outlive it.
            waitForStart();
        }
        Service service = started.isCompletedExceptionally() ? null : started.getNow(null);
        boolean closes = false;
        if (service != null && closing.compareAndSet(false, true)) {
            closes = true;
            closeWithin(service);
            err.flush();
        }
        if (RUNNING.remove(this) && RUNNING.isEmpty() && closes) {
            // Otherwise a SIGTERM ends with 143, which supervisors report as a failure.
            Runtime.getRuntime().halt(STATUS.get());
        }
    }

    private void waitForStart() {
        try {
            started.get(CLOSE_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (CancellationException | ExecutionException | TimeoutException e) {
            // Nothing to close: it has failed, or is beyond waiting for.
            started.completeExceptionally(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void close(Service service) {
        if (closing.compareAndSet(false, true)) {
            closeWithin(service);
        }
    }

    private void closeWithin(Service service) {
        CompletableFuture<Void> closed = new CompletableFuture<>();
        Thread closer = new Thread(
                () -> {
                    try {
                        service.close();
                        closed.complete(null);
                    } catch (Throwable e) {
                        closed.completeExceptionally(e);
                    }
                },
                name + "-close");
        closer.setDaemon(true);
        closer.start();
        try {
            closed.get(CLOSE_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            report("did not stop cleanly", Objects.requireNonNullElse(e.getCause(), e));
        } catch (TimeoutException e) {
            err.println(name + ": did not stop within " + CLOSE_WITHIN.toSeconds() + " s; ended anyway");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private int report(String what, Throwable e) {
        err.println(name + ": " + what + ": " + Reasons.of(e));
        LoggerFactory.getLogger(ServiceMain.class).debug("{} {}", name, what, e);
        return 1;
    }
}
