package io.gamestream.payments.psp;

import org.jspecify.annotations.Nullable;

/**
 * How the question for a payment intent ended.
 *
 * @param call what it says of the provider
 * @param intent null where the provider has shown none
 */
public record IntentAnswer(ProviderAnswer call, @Nullable PayerIntent intent) {

    static IntentAnswer failed(ProviderAnswer call) {
        return new IntentAnswer(call, null);
    }
}
