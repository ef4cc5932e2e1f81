package io.gamestream.local.psp.engine;

import io.gamestream.local.psp.log.Ref;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which keys have been used for what, and which are being worked on. Answers themselves stay in the log. Keys are forgotten
 * after their life or when there are too many. Not thread-safe.
 */
final class IdempotencyKeys {

    private final int max;
    private final long lifeMs;
    private final LinkedHashMap<String, Used> used = new LinkedHashMap<>();
    private final Set<String> inProgress = new HashSet<>();

    record Used(String fingerprint, Ref ref, long at) {}

    IdempotencyKeys(int max, long lifeMs) {
        this.max = max;
        this.lifeMs = lifeMs;
    }

    Optional<Used> find(String key, long now) {
        Used found = used.get(key);
        return found == null || now - found.at() >= lifeMs ? Optional.empty() : Optional.of(found);
    }

    void remember(String key, String fingerprint, Ref ref, long at) {
        used.remove(key);
        used.put(key, new Used(fingerprint, ref, at));
        Iterator<Map.Entry<String, Used>> oldest = used.entrySet().iterator();
        while (oldest.hasNext()) {
            boolean young = at - oldest.next().getValue().at() < lifeMs;
            if (young && used.size() <= max) {
                break;
            }
            oldest.remove();
        }
    }

    /** False where somebody else is at it. */
    boolean begin(String key) {
        return inProgress.add(key);
    }

    void end(String key) {
        inProgress.remove(key);
    }

    int size() {
        return used.size();
    }
}
