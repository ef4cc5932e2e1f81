package io.gamestream.local.stack;

import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.zip.GZIPInputStream;
import org.tukaani.xz.XZInputStream;
import redis.embedded.core.ExecutableProvider;

/** Where the server programs come from: jars and archives that Maven has fetched. */
final class Programs {

    /** Names in the cache; a new version is a new name. */
    private static final String POSTGRES = "postgres-18.6";

    private static final String REDIS = "redis-6.2";
    private static final String REGISTRY = "registry-2.6.13";

    private final BinaryCache cache;

    Programs(BinaryCache cache) {
        this.cache = cache;
    }

    /** A Postgres installation: {@code bin}, {@code lib}, {@code share}. */
    Path postgres() {
        String architecture = System.getProperty("os.arch");
        String system = System.getProperty("os.name").startsWith("Mac") ? "Darwin" : "Linux";
        return cache.get(POSTGRES, directory -> {
            try (InputStream txz = DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(
                    system, architecture.equals("amd64") ? "x86_64" : architecture)) {
                if (txz == null) {
                    throw new IOException("there is no Postgres for " + system + " on " + architecture
                            + "; use your own: leave postgres out of the setting stack.parts");
                }
                TarArchive.extract(new XZInputStream(txz), directory);
            }
        });
    }

    /** The Redis server program. */
    Path redis() {
        return cache.get(REDIS, directory -> {
                    File unpacked = ExecutableProvider.newJarResourceProvider(directory.toFile())
                            .get();
                    Path program = directory.resolve("redis-server");
                    Files.move(unpacked.toPath(), program);
                    TarArchive.makeExecutable(program);
                })
                .resolve("redis-server");
    }

    /** The registry's directory: its runner jar and {@code lib}. */
    Path registry() {
        return cache.get(REGISTRY, directory -> {
            try (InputStream archive = Files.newInputStream(registryArchive())) {
                TarArchive.extract(new GZIPInputStream(archive, 1 << 16), directory);
            }
        });
    }

    private static Path registryArchive() throws IOException {
        Properties artifacts = new Properties();
        try (InputStream resource = Programs.class.getResourceAsStream("artifacts.properties")) {
            if (resource == null) {
                throw new IOException("artifacts.properties is not in the jar");
            }
            artifacts.load(resource);
        }
        Path archive = Path.of(artifacts.getProperty("registry", ""));
        if (!Files.isRegularFile(archive)) {
            throw new IOException("the registry's archive is not at " + archive + "; build again: mvn package");
        }
        return archive;
    }
}
