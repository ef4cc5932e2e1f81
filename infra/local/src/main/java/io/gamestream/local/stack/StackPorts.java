package io.gamestream.local.stack;

import java.util.Set;

/** Settings {@code stack.ports}: where each part listens on loopback; 0 asks for a free port. */
public record StackPorts(int kafka, int postgres, int redis, int registry) {

    /** Free ports only: for tests, several of which run at once. */
    public static final StackPorts FREE = new StackPorts(0, 0, 0, 0);

    public StackPorts {
        for (int port : new int[] {kafka, postgres, redis, registry}) {
            if (port < 0 || port > 65_535) {
                throw new IllegalArgumentException("ports: " + port + " (expected: 0 to 65535)");
            }
        }
    }

    int of(Part part) {
        return switch (part) {
            case KAFKA -> kafka;
            case POSTGRES -> postgres;
            case REDIS -> redis;
            case REGISTRY -> registry;
        };
    }

    /** These ports, with a free one in place of each 0 that belongs to one of the parts. */
    StackPorts chosen(Set<Part> parts) {
        return new StackPorts(
                choose(Part.KAFKA, parts),
                choose(Part.POSTGRES, parts),
                choose(Part.REDIS, parts),
                choose(Part.REGISTRY, parts));
    }

    private int choose(Part part, Set<Part> parts) {
        int asked = of(part);
        return asked == 0 && parts.contains(part) ? LocalPorts.free() : asked;
    }
}
