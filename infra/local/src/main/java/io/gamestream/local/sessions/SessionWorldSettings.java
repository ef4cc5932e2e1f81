package io.gamestream.local.sessions;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Settings {@code local.sessions}.
 *
 * @param sites where there are hosts, each of a cell of its own
 * @param hosts how hosts behave
 * @param players how players behave
 * @param trouble what goes wrong
 */
public record SessionWorldSettings(List<Site> sites, Hosts hosts, Players players, Trouble trouble) {

    private static final int MOST_SITES = 20;
    private static final int MOST_SLOTS = 8_000;

    /**
     * One data centre.
     *
     * @param cell one of {@code sessions.cells}
     * @param region of that cell
     * @param latitude degrees
     * @param longitude degrees
     * @param hosts how many
     */
    public record Site(String cell, String region, double latitude, double longitude, int hosts) {

        public Site {
            if (hosts < 0) {
                throw new IllegalArgumentException("hosts: " + hosts + " (expected: >= 0)");
            }
            if (!(Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180)) {
                throw new IllegalArgumentException(
                        "latitude, longitude: " + latitude + ", " + longitude + " (expected: -90 to 90, -180 to 180)");
            }
        }
    }

    /**
     * How hosts behave.
     *
     * @param slots of each host
     * @param every how often each beats
     * @param promptly whether it also beats as soon as something has changed
     * @param lease until a router says otherwise
     * @param starting how long a game takes to start
     * @param cleaning how long it takes to clean up after one
     */
    public record Hosts(
            int slots, Duration every, boolean promptly, Duration lease, Duration starting, Duration cleaning) {

        public Hosts {
            if (slots < 1) {
                throw new IllegalArgumentException("slots: " + slots + " (expected: >= 1)");
            }
            if (every.multipliedBy(3).compareTo(lease) > 0) {
                throw new IllegalArgumentException(
                        "every: " + every + " (expected: at most a third of lease, " + lease + ")");
            }
        }
    }

    /**
     * How players behave.
     *
     * @param load sessions that are wanted, as a share of all slots, on the average of a day; 0 for nobody
     * @param day how long a day takes, for sessions: the busiest hour goes around the globe in that time
     * @param usualLength median length of a session
     * @param spread sigma of its logarithm
     * @param longest nobody plays longer
     * @param patience how long players wait in line, on the average
     * @param parties share of requests that are for two or three players
     * @param disconnects share of sessions in which the player is cut off once, and comes back
     * @param quits share of sessions that the player ends in the game, instead of by asking the router
     */
    public record Players(
            double load,
            Duration day,
            Duration usualLength,
            double spread,
            Duration longest,
            Duration patience,
            double parties,
            double disconnects,
            double quits) {

        public Players {
            if (!(load >= 0 && load <= 10)) {
                throw new IllegalArgumentException("load: " + load + " (expected: 0 to 10)");
            }
            if (!(spread >= 0 && spread <= 3)) {
                throw new IllegalArgumentException("spread: " + spread + " (expected: 0 to 3)");
            }
            if (day.toMillis() < 1_000 || usualLength.toMillis() < 1 || patience.toMillis() < 1) {
                throw new IllegalArgumentException("day: " + day + ", usual-length: " + usualLength + ", patience: "
                        + patience + " (expected: >= 1s, >= 1ms, >= 1ms)");
            }
            share("parties", parties);
            share("disconnects", disconnects);
            share("quits", quits);
        }

        /** Mean length of a session, but for the longest being cut. */
        double meanLengthMs() {
            return usualLength.toMillis() * Math.exp(spread * spread / 2);
        }

        private static void share(String name, double value) {
            if (!(value >= 0 && value <= 1)) {
                throw new IllegalArgumentException(name + ": " + value + " (expected: 0 to 1)");
            }
        }
    }

    /**
     * What goes wrong, each on the average so often; 0 for never.
     *
     * @param crashEvery a host dies with all that it runs
     * @param crashLasts until it starts anew
     * @param drainEvery an operator takes a host out of service
     * @param drainPatience how long its sessions may go on until they are moved
     * @param flapEvery a host falls silent for a while, and nothing is wrong with it
     * @param flapLasts how long each silence is; one follows the other
     */
    public record Trouble(
            Duration crashEvery,
            Duration crashLasts,
            Duration drainEvery,
            Duration drainPatience,
            Duration flapEvery,
            Duration flapLasts) {}

    public SessionWorldSettings {
        sites = List.copyOf(sites);
        Set<String> cells = new HashSet<>();
        for (Site site : sites) {
            if (!cells.add(site.cell())) {
                throw new IllegalArgumentException("sites: cell " + site.cell() + " is there twice");
            }
        }
        if (sites.size() > MOST_SITES) {
            throw new IllegalArgumentException("sites: " + sites.size() + " (expected: at most " + MOST_SITES + ")");
        }
        int slots = slots(sites, hosts);
        if (slots > MOST_SLOTS) {
            throw new IllegalArgumentException(
                    "sites, hosts: " + slots + " slots (expected: at most " + MOST_SLOTS + ")");
        }
    }

    /** Of all hosts. */
    int slots() {
        return slots(sites, hosts);
    }

    private static int slots(List<Site> sites, Hosts hosts) {
        return sites.stream().mapToInt(Site::hosts).sum() * hosts.slots();
    }
}
