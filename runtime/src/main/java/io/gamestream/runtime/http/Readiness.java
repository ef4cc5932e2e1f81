package io.gamestream.runtime.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What {@code /readyz} answers: named checks, each ready or with its reason. Thread-safe. */
public final class Readiness {

    /**
     * The state of one check.
     *
     * @param reason why not, or a remark
     * @param progress from 0 to 1 where it is known
     */
    public record Status(
            boolean ready,
            @Nullable String reason,
            @Nullable Double progress) {

        public static final Status READY = new Status(true, null, null);

        public static Status waiting(String reason) {
            return new Status(false, reason, null);
        }

        public static Status waiting(String reason, double progress) {
            return new Status(false, reason, Math.max(0, Math.min(1, progress)));
        }
    }

    private final Map<String, Supplier<Status>> checks = new ConcurrentHashMap<>();

    /** Adds or replaces a check; it is asked on a worker thread at each request, and one that throws isn't ready. */
    public void check(String name, Supplier<Status> check) {
        checks.put(name, check);
    }

    public boolean ready() {
        return checks.values().stream().allMatch(check -> ask(check).ready());
    }

    /** The JSON of {@code /readyz}, and whether all is ready. */
    Report report() {
        boolean ready = true;
        List<Map<String, Object>> rows = new ArrayList<>();
        for (String name : checks.keySet().stream().sorted().toList()) {
            Status status = ask(checks.getOrDefault(name, () -> Status.READY));
            ready &= status.ready();
            rows.add(row(name, status));
        }
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("ready", ready);
        body.put("checks", rows);
        return new Report(ready, body);
    }

    record Report(boolean ready, Map<String, Object> body) {}

    private static Map<String, Object> row(String name, Status status) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("name", name);
        row.put("ready", status.ready());
        if (status.reason() != null) {
            row.put("reason", status.reason());
        }
        if (status.progress() != null) {
            row.put("progress", status.progress());
        }
        return row;
    }

    private static Status ask(Supplier<Status> check) {
        try {
            return check.get();
        } catch (RuntimeException e) {
            return Status.waiting("the check failed: " + e);
        }
    }
}
