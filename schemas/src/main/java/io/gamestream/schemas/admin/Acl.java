package io.gamestream.schemas.admin;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What one principal may do to one resource, or to all resources of a prefix.
 *
 * @param principal without the type: {@code catalog} for {@code User:catalog}
 * @param resource kind of {@code name}
 * @param name {@code *} for all of the kind; of the cluster, there is only one
 */
public record Acl(String principal, List<String> operations, Resource resource, String name, boolean prefixed) {

    /** What Kafka guards. */
    public enum Resource {
        TOPIC,
        GROUP,
        TRANSACTIONAL_ID,
        CLUSTER;

        private String option() {
            return "--" + name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    public Acl {
        operations = List.copyOf(operations);
    }

    /** As a command line of Kafka's own tool, for a shell with {@code KAFKA_ACLS} set to the tool and its connection. */
    public String command() {
        String operationOptions =
                operations.stream().map(operation -> "--operation " + operation).collect(Collectors.joining(" "));
        return "$KAFKA_ACLS --add --allow-principal User:" + principal + " " + operationOptions + " "
                + resource.option() + (resource == Resource.CLUSTER ? "" : " " + (name.equals("*") ? "'*'" : name))
                + (prefixed ? " --resource-pattern-type prefixed" : "");
    }
}
