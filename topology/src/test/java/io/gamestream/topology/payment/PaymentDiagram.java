package io.gamestream.topology.payment;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The transition table as people read it: one Mermaid diagram per level. */
final class PaymentDiagram {

    private PaymentDiagram() {}

    static String markdown() {
        return PaymentTransitions.levels().stream()
                .map(table -> "### " + title(table.level()) + "\n\n```mermaid\n" + diagram(table) + "```\n")
                .collect(Collectors.joining("\n"));
    }

    private static String diagram(TransitionTable<?, ?> table) {
        Map<String, List<String>> signals = table.moves().stream()
                .collect(Collectors.groupingBy(
                        row -> row.from() + " --> " + row.to(),
                        LinkedHashMap::new,
                        Collectors.mapping(TransitionTable.Row::signal, Collectors.toList())));
        String first = table.states().iterator().next().name();
        return "stateDiagram-v2\n    [*] --> " + first + "\n"
                + signals.entrySet().stream()
                        .map(arrow -> "    " + arrow.getKey() + ": " + String.join(", ", arrow.getValue()) + "\n")
                        .collect(Collectors.joining());
    }

    private static String title(String level) {
        return level.charAt(0) + level.substring(1).toLowerCase(Locale.ROOT);
    }
}
