package io.gamestream.chaos.kit.plant;

import java.util.List;

/** Something that can be planted into a service of a run; a constant of an enum, by whose name the agent finds it. */
public interface Plant {

    /** The constant's name. */
    String name();

    List<Spot> spots();
}
