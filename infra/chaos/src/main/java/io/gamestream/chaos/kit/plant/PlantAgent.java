package io.gamestream.chaos.kit.plant;

import static net.bytebuddy.matcher.ElementMatchers.named;

import java.lang.instrument.Instrumentation;
import java.util.Arrays;
import net.bytebuddy.agent.builder.AgentBuilder;
import net.bytebuddy.asm.Advice;

/** Weaves what is planted into the JVM that it is handed to. */
public final class PlantAgent {

    private static final String NEXT = ",";
    private static final String MEMBER = "#";

    private PlantAgent() {}

    /**
     * What the JVM calls before the service starts.
     *
     * @param plants as {@link #argument} words them
     */
    public static void premain(String plants, Instrumentation instrumentation) {
        for (String text : plants.split(NEXT)) {
            Plant plant = parse(text);
            System.out.println("planted: " + plant.name());
            plant.spots().forEach(spot -> weave(spot, instrumentation));
        }
    }

    private static void weave(Spot spot, Instrumentation instrumentation) {
        new AgentBuilder.Default()
                .with(AgentBuilder.Listener.StreamWriting.toSystemError().withErrorsOnly())
                .type(named(spot.type()))
                .transform((builder, description, loader, module, domain) ->
                        builder.visit(Advice.to(spot.mistake()).on(named(spot.method()))))
                .installOn(instrumentation);
    }

    /** For the command line of the JVM. */
    static String argument(Iterable<? extends Plant> plants) {
        StringBuilder text = new StringBuilder();
        for (Plant plant : plants) {
            text.append(text.isEmpty() ? "" : NEXT)
                    .append(((Enum<?>) plant).getDeclaringClass().getName())
                    .append(MEMBER)
                    .append(plant.name());
        }
        return text.toString();
    }

    private static Plant parse(String text) {
        String[] parts = text.split(MEMBER);
        try {
            return Arrays.stream(Class.forName(parts[0]).getEnumConstants())
                    .map(Plant.class::cast)
                    .filter(plant -> plant.name().equals(parts[1]))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(text + " (expected: enum#CONSTANT)"));
        } catch (ClassNotFoundException e) {
            throw new IllegalArgumentException(text + " (expected: enum#CONSTANT)", e);
        }
    }
}
