package io.gamestream.payments.psp;

import io.gamestream.payments.psp.StripeHttp.Answer;
import io.gamestream.runtime.service.Reasons;
import io.gamestream.schemas.payments.OperationKind;
import io.gamestream.schemas.payments.PspCommand;
import io.gamestream.schemas.payments.PspOutcome;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** The provider behind Stripe's HTTP API: the real one or the simulator, by settings alone. */
public final class StripeProvider implements PaymentProvider {

    private final StripeHttp http;
    private final StripeSync sync;
    private final InstantSource clock;

    /**
     * A provider.
     *
     * @param limit of which a read takes a turn for each request after its first; that one is its caller's
     */
    public StripeProvider(ProviderSettings settings, RateLimit limit, InstantSource clock) {
        this.http = new StripeHttp(settings);
        this.sync = new StripeSync(http, limit);
        this.clock = clock;
    }

    @Override
    public CompletableFuture<ProviderAnswer> execute(PspCommand command) {
        StripeRequests.Post post;
        try {
            post = command.getKind() == OperationKind.SYNC ? null : StripeRequests.post(command);
        } catch (IllegalArgumentException e) {
            return CompletableFuture.completedFuture(
                    ProviderAnswer.of(PspOutcome.REFUSED, "invalid_command", String.valueOf(e.getMessage())));
        }
        // Right before the bytes leave: a process that was asleep until now must not charge anybody.
        if (clock.instant().isAfter(command.getDeadline())) {
            return CompletableFuture.completedFuture(ProviderAnswer.expired(command));
        }
        try {
            return send(post, command).exceptionally(StripeProvider::failure);
        } catch (IllegalArgumentException e) {
            // An id that can't be written into a header or a path: refused before anything was sent.
            return CompletableFuture.completedFuture(
                    ProviderAnswer.of(PspOutcome.REFUSED, "invalid_command", String.valueOf(e.getMessage())));
        }
    }

    private CompletableFuture<ProviderAnswer> send(StripeRequests.@Nullable Post post, PspCommand command) {
        return post == null
                ? sync.read(command)
                : http.post(post, command.getOperationId()).thenApply(got -> StripeAnswers.of(command, got));
    }

    @Override
    public CompletableFuture<IntentAnswer> intent(String intentId) {
        return http.get(StripeRequests.intentPath(intentId))
                .thenApply(got -> intent(got, intentId))
                .exceptionally(thrown -> IntentAnswer.failed(failure(thrown)));
    }

    private static IntentAnswer intent(Answer got, String intentId) {
        if (StripeObjects.shows(got, StripeObjects.INTENT, intentId)) {
            return new IntentAnswer(
                    new ProviderAnswer(PspOutcome.DONE, 200, null, null, List.of(), got.requestId()),
                    PayerIntent.of(got.body()));
        }
        return IntentAnswer.failed(StripeAnswers.unread(got));
    }

    @Override
    public boolean accepts() {
        return true;
    }

    /** The client ends with its last call. */
    @Override
    public void close() {}

    /** Only what surely failed before the request was written is not executed. */
    private static ProviderAnswer failure(Throwable thrown) {
        Throwable cause = Reasons.cause(thrown);
        if (cause instanceof StripeSync.ReadFailure page) {
            // What a page's status means is what it means of any answer: a limit is no failure of the PSP.
            return StripeAnswers.unread(page.answer());
        }
        if (cause instanceof IllegalArgumentException) {
            return ProviderAnswer.of(PspOutcome.UNKNOWN, StripeAnswers.UNREADABLE, String.valueOf(cause.getMessage()));
        }
        if (cause instanceof RateLimit.NoTurnException) {
            return ProviderAnswer.of(
                    PspOutcome.NOT_EXECUTED, GuardedProvider.RATE_LIMIT, String.valueOf(cause.getMessage()));
        }
        String name = cause.getClass().getSimpleName();
        if (cause instanceof HttpConnectTimeoutException
                || cause instanceof ConnectException
                || cause instanceof UnresolvedAddressException
                || cause.getCause() instanceof UnresolvedAddressException) {
            return ProviderAnswer.of(PspOutcome.NOT_EXECUTED, name, "could not connect to the PSP");
        }
        String message = cause instanceof HttpTimeoutException || cause instanceof TimeoutException
                ? "no answer in time"
                : "the connection broke";
        return ProviderAnswer.of(PspOutcome.UNKNOWN, name, message);
    }
}
