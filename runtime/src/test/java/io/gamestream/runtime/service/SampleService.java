package io.gamestream.runtime.service;

import io.gamestream.runtime.connection.KafkaSettings;
import io.gamestream.runtime.settings.Settings;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A service that does what {@code kafka.bootstrap-servers} says, for {@link ServiceMainTest} to run as a process. */
public final class SampleService implements Service {

    private final CompletableFuture<Void> failure = new CompletableFuture<>();
    private final String what;

    private SampleService(String what) {
        this.what = what;
    }

    public static void main(String[] args) {
        ServiceMain.run("sample", args, SampleService::start);
    }

    private static Service start(Settings settings) {
        String what = settings.bind("kafka", KafkaSettings.class).bootstrapServers();
        if (what.equals("broken")) {
            throw new IllegalStateException("no\nluck", new IllegalArgumentException("the reason"));
        }
        SampleService service = new SampleService(what);
        System.out.println("up with " + what);
        if (what.equals("fails")) {
            service.failure.completeExceptionally(new IllegalStateException("the broker is gone"));
        }
        return service;
    }

    @Override
    public CompletionStage<Void> failure() {
        return failure;
    }

    @Override
    public void close() {
        System.out.println("closed " + what);
    }
}
