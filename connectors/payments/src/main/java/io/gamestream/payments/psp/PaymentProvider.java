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

    /**
     * Asks how a payment intent is just now, for the client of whoever pays. It never fails, either; and what it answers with
     * holds the intent's client secret, which belongs to that client and into no topic, store or log.
     */
    CompletableFuture<IntentAnswer> intent(String intentId);

    /** Whether calls are let through just now; while they aren't, commands are better left where they are. */
    boolean accepts();

    @Override
    void close();
}
