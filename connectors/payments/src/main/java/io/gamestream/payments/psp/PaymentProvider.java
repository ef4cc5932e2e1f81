package io.gamestream.payments.psp;

import io.gamestream.schemas.payments.PspCommand;
import java.util.concurrent.CompletableFuture;

/** A payment service provider. */
public interface PaymentProvider extends AutoCloseable {

    /**
     * Makes one call. It never fails: whatever goes wrong is an answer, and what may have happened is {@code UNKNOWN}.
     *
     * @param command whose operation id is the idempotency key; not sent after its deadline
     */
    CompletableFuture<ProviderAnswer> execute(PspCommand command);

    /** Whether calls are let through just now; while they aren't, commands are better left where they are. */
    boolean accepts();

    @Override
    void close();
}
