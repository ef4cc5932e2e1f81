package io.gamestream.schemas.compatibility;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.gamestream.schemas.registry.SchemaText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.avro.Schema;

/** The committed versions of each subject's schema: {@code <directory>/<subject>/<version>.avsc}, from 1, without gaps. */
final class SchemaHistory {

    /** What a person does about a schema that was changed on purpose. */
    static final String ACCEPT = "mvn -pl schemas test -Dtest=SchemaHistoryTest -Dschemas.accept=true";

    private final Path directory;

    SchemaHistory(Path directory) {
        this.directory = directory;
    }

    /** What is wrong with {@code current} beside its history; empty when nothing is. */
    List<String> problems(String subject, Schema current) throws IOException {
        List<Schema> versions = versions(subject);
        List<String> problems = new ArrayList<>();
        for (int i = 0; i < versions.size(); i++) {
            for (Break found : BackwardCompatibility.breaks(SchemaText.neutral(current), versions.get(i))) {
                problems.add("schema " + current.getFullName() + " (" + subject + ") cannot read version " + (i + 1)
                        + ": " + found
                        + ". Undo it, or make a new topic: BACKWARD_TRANSITIVE is what consumers rely on");
            }
        }
        if (problems.isEmpty() && !isNewest(current, versions)) {
            problems.add("schema " + current.getFullName() + " (" + subject + ") is not the newest of the "
                    + versions.size() + " version(s) in its history. It is compatible; to make it version "
                    + (versions.size() + 1) + ": " + ACCEPT);
        }
        return problems;
    }

    /** Makes a compatible change the next version. */
    void accept(String subject, Schema current) throws IOException {
        List<Schema> versions = versions(subject);
        boolean compatible = versions.stream()
                .allMatch(version -> BackwardCompatibility.breaks(SchemaText.neutral(current), version)
                        .isEmpty());
        if (compatible && !isNewest(current, versions)) {
            Path file = file(subject, versions.size() + 1);
            Files.createDirectories(directory.resolve(subject));
            Files.writeString(file, pretty(current) + "\n");
        }
    }

    List<String> subjects() throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
        }
    }

    List<Schema> versions(String subject) throws IOException {
        List<Schema> versions = new ArrayList<>();
        for (Path file = file(subject, 1); Files.exists(file); file = file(subject, versions.size() + 1)) {
            versions.add(new Schema.Parser().parse(Files.readString(file)));
        }
        return versions;
    }

    /** Files of the subject that are no part of the gapless sequence. */
    Optional<Path> stray(String subject) throws IOException {
        int known = versions(subject).size();
        try (Stream<Path> files = Files.list(directory.resolve(subject))) {
            return files.filter(file -> Stream.iterate(1, n -> n <= known, n -> n + 1)
                            .noneMatch(version -> file(subject, version).equals(file)))
                    .findFirst();
        }
    }

    private Path file(String subject, int version) {
        return directory.resolve(subject).resolve(version + ".avsc");
    }

    private static String pretty(Schema schema) throws IOException {
        return new ObjectMapper()
                .readTree(SchemaText.neutral(schema).toString())
                .toPrettyString();
    }

    /** As text: a comment is part of what a registry calls a version. */
    private static boolean isNewest(Schema current, List<Schema> versions) {
        return !versions.isEmpty()
                && versions.get(versions.size() - 1)
                        .toString()
                        .equals(SchemaText.neutral(current).toString());
    }
}
