package io.gamestream.schemas.registry;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;

/** A registry in this JVM, by the URL {@code mock://scope}: for tests, and for whoever has no network at all. */
public final class InMemoryRegistry implements SchemaRegistryClient {

    private static final Map<String, InMemoryRegistry> SCOPES = new ConcurrentHashMap<>();

    private final String scope;
    private final List<Schema> byId = new ArrayList<>();
    private final Map<String, List<Schema>> subjects = new TreeMap<>();
    private final Map<String, String> levels = new TreeMap<>();

    private InMemoryRegistry(String scope) {
        this.scope = scope;
    }

    /** The registry of the scope; everyone who names the scope gets the same one. */
    public static InMemoryRegistry scope(String scope) {
        return SCOPES.computeIfAbsent(scope, InMemoryRegistry::new);
    }

    /** Forgets the scope; whoever names it afterwards gets an empty registry. */
    public static void drop(String scope) {
        SCOPES.remove(scope);
    }

    @Override
    public synchronized Optional<Schema> schema(int id) {
        return id >= 1 && id <= byId.size() ? Optional.of(byId.get(id - 1)) : Optional.empty();
    }

    @Override
    public synchronized Optional<Integer> id(String subject, Schema schema) {
        Schema neutral = SchemaText.neutral(schema);
        return versions(subject).contains(neutral) ? Optional.of(byId.indexOf(neutral) + 1) : Optional.empty();
    }

    @Override
    public synchronized int register(String subject, Schema schema) {
        Schema neutral = SchemaText.neutral(schema);
        if (!byId.contains(neutral)) {
            byId.add(neutral);
        }
        List<Schema> versions = subjects.computeIfAbsent(subject, key -> new ArrayList<>());
        if (!versions.contains(neutral)) {
            versions.add(neutral);
        }
        return byId.indexOf(neutral) + 1;
    }

    @Override
    public synchronized Optional<RegisteredSchema> latest(String subject) {
        List<Schema> versions = versions(subject);
        if (versions.isEmpty()) {
            return Optional.empty();
        }
        Schema schema = versions.get(versions.size() - 1);
        return Optional.of(new RegisteredSchema(subject, versions.size(), byId.indexOf(schema) + 1, schema));
    }

    @Override
    public synchronized List<String> subjects() {
        return List.copyOf(subjects.keySet());
    }

    @Override
    public synchronized Optional<String> compatibility(String subject) {
        return Optional.ofNullable(levels.get(subject));
    }

    @Override
    public synchronized void setCompatibility(String subject, String level) {
        levels.put(subject, level);
    }

    @Override
    public String where() {
        return "mock://" + scope;
    }

    private List<Schema> versions(String subject) {
        return subjects.getOrDefault(subject, List.of());
    }
}
