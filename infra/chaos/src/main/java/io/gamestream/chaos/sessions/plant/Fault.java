package io.gamestream.chaos.sessions.plant;

import io.gamestream.chaos.kit.plant.Plant;
import io.gamestream.chaos.kit.plant.Spot;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** What goes wrong inside of a service at the run's command, in every run: nothing outside of it could make it happen. */
public enum Fault implements Plant {
    /** The cells' punctuation does nothing as long as a file is there. */
    STOPPED_TICKER,
    /** The cells' ticks, and all that a router says, have the time of a clock that is wrong. */
    WRONG_CLOCK;

    private static final String CELLS = "io.gamestream.topology.session.CellProcessor";

    static final String STOP = "chaos.stop-ticker";
    static final String AHEAD_MS = "chaos.clock-ahead-ms";

    /** A flag for the JVM that has the fault: ticks stop while the file is there. */
    public static String flag(Path file) {
        return "-D" + STOP + "=" + file;
    }

    /** A flag for the JVM that has the other one: by how much its clock is ahead; negative where it is behind. */
    public static String flag(Duration ahead) {
        return "-D" + AHEAD_MS + "=" + ahead.toMillis();
    }

    @Override
    public List<Spot> spots() {
        return switch (this) {
            case STOPPED_TICKER -> List.of(new Spot(CELLS, "tick", Mistakes.WhileStopped.class));
            case WRONG_CLOCK ->
                List.of(
                        new Spot(CELLS, "tick", Mistakes.WrongTime.class),
                        new Spot("io.gamestream.router.RouterService", "clock", Mistakes.WrongClock.class));
        };
    }
}
