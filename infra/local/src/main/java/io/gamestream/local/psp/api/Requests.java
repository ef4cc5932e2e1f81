package io.gamestream.local.psp.api;

import io.gamestream.local.psp.core.ApiError;
import io.gamestream.local.psp.core.ApiErrorException;
import io.gamestream.local.psp.core.Command;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads commands from parameters; what Stripe knows and the simulator has no use for is accepted and ignored. */
final class Requests {

    private static final Pattern CURRENCY = Pattern.compile("[a-z]{3}");
    private static final Set<String> CREATE = Set.of(
            "amount",
            "currency",
            "automatic_payment_methods",
            "capture_method",
            "confirm",
            "confirmation_method",
            "customer",
            "description",
            "error_on_requires_action",
            "expand",
            "mandate",
            "metadata",
            "off_session",
            "payment_method",
            "payment_method_options",
            "payment_method_types",
            "receipt_email",
            "return_url",
            "setup_future_usage",
            "shipping",
            "statement_descriptor",
            "statement_descriptor_suffix",
            "transfer_group",
            "use_stripe_sdk");
    private static final Set<String> UPDATE =
            Set.of("amount", "description", "expand", "metadata", "receipt_email", "transfer_group");
    private static final Set<String> CONFIRM = Set.of(
            "capture_method",
            "error_on_requires_action",
            "expand",
            "mandate",
            "off_session",
            "payment_method",
            "payment_method_options",
            "payment_method_types",
            "receipt_email",
            "return_url",
            "setup_future_usage",
            "use_stripe_sdk");
    private static final Set<String> CANCEL_REASONS =
            Set.of("duplicate", "fraudulent", "requested_by_customer", "abandoned");
    private static final Set<String> REFUND_REASONS = Set.of("duplicate", "fraudulent", "requested_by_customer");

    private Requests() {}

    static Command.Request create(Params params) {
        params.allowOnly(CREATE);
        params.required("amount");
        Long amount = params.amount("amount");
        String currency = params.required("currency").toLowerCase(Locale.ROOT);
        if (!CURRENCY.matcher(currency).matches()) {
            throw new ApiErrorException(ApiError.invalid(null, "currency", "Invalid currency: " + currency));
        }
        String method = params.oneOf("capture_method", Set.of("automatic", "automatic_async", "manual"));
        return new Command.CreateIntent(
                amount == null ? 0 : amount,
                currency,
                "manual".equals(method),
                params.flag("confirm"),
                params.text("payment_method"),
                params.text("description"),
                params.metadata());
    }

    static Command.Request update(String id, Params params) {
        params.allowOnly(UPDATE);
        return new Command.UpdateIntent(id, params.amount("amount"), params.text("description"), params.metadata());
    }

    static Command.Request confirm(String id, Params params) {
        params.allowOnly(CONFIRM);
        return new Command.ConfirmIntent(id, params.text("payment_method"));
    }

    static Command.Request capture(String id, Params params) {
        params.allowOnly(Set.of("amount_to_capture", "expand", "metadata", "statement_descriptor", "final_capture"));
        return new Command.CaptureIntent(id, params.amount("amount_to_capture"));
    }

    static Command.Request cancel(String id, Params params) {
        params.allowOnly(Set.of("cancellation_reason", "expand"));
        return new Command.CancelIntent(id, params.oneOf("cancellation_reason", CANCEL_REASONS));
    }

    static Command.Request refund(Params params) {
        params.allowOnly(Set.of(
                "amount",
                "charge",
                "expand",
                "instructions_email",
                "metadata",
                "payment_intent",
                "reason",
                "refund_application_fee",
                "reverse_transfer"));
        String intent = params.text("payment_intent");
        String charge = params.text("charge");
        if (intent == null && charge == null) {
            throw new ApiErrorException(ApiError.invalid(
                    "parameter_missing",
                    "payment_intent",
                    "One of the following params should be provided for this request: payment_intent or charge."));
        }
        return new Command.CreateRefund(
                intent, charge, params.amount("amount"), params.oneOf("reason", REFUND_REASONS), params.metadata());
    }

    static Command.Request closeDispute(String id, Params params) {
        params.allowOnly(Set.of("expand"));
        return new Command.CloseDispute(id);
    }
}
