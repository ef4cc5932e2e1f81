package io.gamestream.chaos.sessions.plant;

import io.gamestream.chaos.kit.plant.Plant;
import io.gamestream.chaos.kit.plant.Spot;
import java.nio.file.Path;
import java.util.List;

/** What goes wrong inside of a service at the run's command, in every run: nothing outside of it could make it happen. */
public enum Fault implements Plant {
    /** The cells' punctuation does nothing as long as a file is there. */
    STOPPED_TICKER;

    static final String PROPERTY = "chaos.stop-ticker";

    /** A flag for the JVM that has the fault: ticks stop while the file is there. */
    public static String flag(Path file) {
        return "-D" + PROPERTY + "=" + file;
    }

    @Override
    public List<Spot> spots() {
        return List.of(new Spot("io.gamestream.topology.session.CellProcessor", "tick", Mistakes.WhileStopped.class));
    }
}
