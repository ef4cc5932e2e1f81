package io.gamestream.chaos.sessions.plant;

import io.gamestream.schemas.internal.sessions.LiveTicket;
import io.gamestream.schemas.internal.sessions.PlayerRow;
import io.gamestream.schemas.internal.sessions.TicketRow;
import io.gamestream.schemas.sessions.HostHealth;
import io.gamestream.schemas.sessions.HostState;
import io.gamestream.schemas.sessions.Place;
import io.gamestream.schemas.sessions.SlotState;
import io.gamestream.schemas.sessions.TicketCommand;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.NullUnmarked;

/** What the woven code of {@link Mistakes} calls; public, since it is called from the classes that it is woven into. */
@NullUnmarked
public final class MistakeDeeds {

    private static final AtomicInteger CALLS = new AtomicInteger();
    private static final Path STOP = Path.of(System.getProperty(Fault.STOP, "no-such-file"));
    private static final long AHEAD_MS = Long.getLong(Fault.AHEAD_MS, 0);

    private MistakeDeeds() {}

    public static boolean isTickerStopped() {
        return Files.exists(STOP);
    }

    public static long wrong(long now) {
        return now + AHEAD_MS;
    }

    public static Clock wrong(Clock clock) {
        return Clock.offset(clock, Duration.ofMillis(AHEAD_MS));
    }

    public static boolean isEach(int times) {
        return CALLS.incrementAndGet() % times == 0;
    }

    public static boolean isTwentiethPlace(Object body) {
        return body instanceof Place && isEach(20);
    }

    public static Object granted(Object signal, Object to) {
        return signal.toString().equals("GRANT") ? SlotState.RESERVED : to;
    }

    public static void giveUp(Object step, Object state) {
        HostState said = (HostState) state;
        Object hosts = call(step, "hosts");
        Object host = call(hosts, "find", said.getHostId());
        if (host != null && said.getHealth() == HostHealth.DEAD) {
            Object cell = call(step, "cell");
            call(hosts, "setDeadline", host, (long) call(cell, "clock") + 1);
        }
    }

    public static void forgetLive(Object step, Object request) {
        PlayerRow row = (PlayerRow) field(step, "row");
        LiveTicket live = row.getLive();
        if (live != null && !live.getSessionId().equals(((TicketCommand) request).getSessionId())) {
            row.setLive(null);
        }
    }

    public static Object another(Object index, Object gpu, Object host) {
        List<Object> all = new ArrayList<>((Collection<?>) call(index, "roomOf", gpu));
        return all.isEmpty() ? host : all.get(ThreadLocalRandom.current().nextInt(all.size()));
    }

    public static void leaveOneBehind(Object ticket) {
        TicketRow row = (TicketRow) ticket;
        if (row.getSessions().size() > 1) {
            row.setSessions(new ArrayList<>(
                    row.getSessions().subList(0, row.getSessions().size() - 1)));
        }
    }

    public static String otherKey() {
        return UUID.randomUUID().toString();
    }

    public static Object resume(Object response) {
        try {
            return response.getClass().getMethod("resume").invoke(null);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("a response without resume()", e);
        }
    }

    public static void sleep() {
        try {
            TimeUnit.SECONDS.sleep(15);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Object field(Object of, String name) {
        try {
            Field field = of.getClass().getDeclaredField(name);
            field.setAccessible(true);
            return field.get(of);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(of.getClass() + " has no " + name, e);
        }
    }

    /** The method of that name; there is one with as many arguments. */
    private static Object call(Object of, String name, Object... arguments) {
        try {
            Method method = Arrays.stream(of.getClass().getDeclaredMethods())
                    .filter(one -> one.getName().equals(name) && one.getParameterCount() == arguments.length)
                    .findFirst()
                    .orElseThrow(() -> new NoSuchMethodException(name));
            method.setAccessible(true);
            return method.invoke(of, arguments);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(of.getClass() + "." + name, e);
        }
    }
}
