package io.gamestream.topology.session;

import java.util.regex.Pattern;

/**
 * One of the settings {@code sessions.cells}: a region and a pool of hosts.
 *
 * @param id lower-case letters, digits and dashes; never changed, since rows and records carry it
 * @param region that players measure their round trip time to
 * @param partition of the inbox; changed only together with moving what is there
 */
public record CellSettings(String id, String region, int partition) {

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]*");

    public CellSettings {
        if (!NAME.matcher(id).matches()) {
            throw new IllegalArgumentException("id: " + id + " (expected: lower-case letters, digits and dashes)");
        }
        if (!NAME.matcher(region).matches()) {
            throw new IllegalArgumentException(
                    "region: " + region + " (expected: lower-case letters, digits and dashes)");
        }
        if (partition < 0) {
            throw new IllegalArgumentException("partition: " + partition + " (expected: >= 0)");
        }
    }
}
