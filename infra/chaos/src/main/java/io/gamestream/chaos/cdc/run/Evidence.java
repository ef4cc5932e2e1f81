package io.gamestream.chaos.cdc.run;

import io.gamestream.chaos.cdc.check.Committed;
import io.gamestream.chaos.cdc.check.Finding;
import io.gamestream.chaos.cdc.check.Observed;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The whole story of the keys that something is wrong with. */
final class Evidence {

    private Evidence() {}

    static Map<String, List<String>> of(
            List<Finding> findings, Map<String, List<Committed>> committed, Map<String, List<Observed>> observed) {
        Map<String, List<String>> evidence = new HashMap<>();
        for (Finding finding : findings) {
            String key = finding.subject();
            List<Committed> writes = committed.getOrDefault(key, List.of());
            List<Observed> records = observed.getOrDefault(key, List.of());
            if (!writes.isEmpty() || !records.isEmpty()) {
                evidence.put(
                        key,
                        Stream.concat(
                                        writes.stream().map(Record::toString),
                                        records.stream().map(Record::toString))
                                .toList());
            }
        }
        return evidence;
    }
}
