package io.gamestream.schemas.admin;

import io.gamestream.schemas.PaymentTopics;
import io.gamestream.schemas.TopicSpec;
import io.gamestream.schemas.admin.Acl.Resource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Who may do what, from the catalogue: each service as a principal of its own name, with the least that it needs. */
public final class Acls {

    /** Runs {@code ./backbone topics --apply}, {@code load} and {@code dlq}. */
    public static final String ADMIN = "backbone-admin";

    private static final List<String> READ = List.of("Read", "Describe");
    private static final List<String> WRITE = List.of("Write", "Describe");

    /** Streams applications make, clean up and resize topics of their own, below their application id. */
    private static final List<String> OWN = List.of("Create", "Delete", "Read", "Write", "Describe", "DescribeConfigs");

    /** Services whose progress decides what a view has applied. */
    private static final List<String> TOPOLOGIES = List.of("catalog", "payments");

    /** What a position passes on its way into the views of payments. */
    private static final Set<String> PAYMENT_STAGES =
            Set.of(PaymentTopics.ORDER_COMMANDS.name(), PaymentTopics.LEDGER_POSTINGS.name());

    /** Names of the owners that are part of the launcher. */
    private static final List<String> LAUNCHER = List.of("dlq", "load");

    private Acls() {}

    /** In the order of the topics; then what each service needs besides topics of the catalogue. */
    public static List<Acl> of(Collection<TopicSpec> topics) {
        List<Acl> acls = new ArrayList<>();
        Set<String> services = new TreeSet<>();
        for (TopicSpec topic : topics) {
            acls.add(topic(ADMIN, List.of("All"), topic.name()));
            if (isService(topic.owner())) {
                services.add(topic.owner());
                acls.add(topic(topic.owner(), WRITE, topic.name()));
            }
            topic.readers().stream().filter(Acls::isService).forEach(reader -> {
                services.add(reader);
                acls.add(topic(reader, READ, topic.name()));
            });
        }
        services.forEach(service -> acls.addAll(own(service)));
        LAUNCHER.forEach(command -> acls.addAll(owned(ADMIN, command)));
        acls.addAll(positions(topics));
        acls.addAll(guard());
        return acls;
    }

    private static List<Acl> own(String service) {
        List<Acl> acls = new ArrayList<>(owned(service, service));
        acls.add(new Acl(service, OWN, Resource.TOPIC, service + "-", true));
        return acls;
    }

    private static List<Acl> owned(String principal, String prefix) {
        return List.of(
                new Acl(principal, READ, Resource.GROUP, prefix, true),
                new Acl(principal, WRITE, Resource.TRANSACTIONAL_ID, prefix, true));
    }

    /** The serving API tells whether a view has applied a position from how far the topologies are on the facts. */
    private static List<Acl> positions(Collection<TopicSpec> topics) {
        List<Acl> acls = new ArrayList<>();
        topics.stream()
                .filter(topic -> topic.readers().contains("catalog") || PAYMENT_STAGES.contains(topic.name()))
                .forEach(topic -> acls.add(topic("serving-api", List.of("Describe"), topic.name())));
        TOPOLOGIES.forEach(group -> acls.add(new Acl("serving-api", List.of("Describe"), Resource.GROUP, group, true)));
        return acls;
    }

    /**
     * Sees every transaction, or it would take one that it may not see for one that nobody knows; ends what hangs, which Kafka
     * allows brokers and those who may act as one.
     */
    private static List<Acl> guard() {
        String guard = "transaction-guard";
        return List.of(
                topic(guard, READ, "*"),
                new Acl(guard, List.of("Describe"), Resource.TRANSACTIONAL_ID, "*", false),
                new Acl(guard, List.of("ClusterAction"), Resource.CLUSTER, "*", false));
    }

    private static Acl topic(String principal, List<String> operations, String name) {
        return new Acl(principal, operations, Resource.TOPIC, name, false);
    }

    private static boolean isService(String name) {
        return !LAUNCHER.contains(name);
    }
}
