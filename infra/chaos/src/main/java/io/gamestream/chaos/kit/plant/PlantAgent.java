package io.gamestream.chaos.payments.plant;

import static net.bytebuddy.matcher.ElementMatchers.named;

import java.lang.instrument.Instrumentation;
import net.bytebuddy.agent.builder.AgentBuilder;
import net.bytebuddy.asm.Advice;

/** Weaves one bug into the JVM that it is handed to. */
public final class BugAgent {

    private static final String SAGA = "io.gamestream.topology.payment.";
    private static final String GATEWAY = "io.gamestream.payments.";

    private BugAgent() {}

    /**
     * Where a bug is planted.
     *
     * @param method of that type; all of that name
     * @param mistake what is woven into it
     */
    record Spot(String type, String method, Class<?> mistake) {}

    /**
     * What the JVM calls before the service starts.
     *
     * @param bug name of a {@link Bug}
     */
    public static void premain(String bug, Instrumentation instrumentation) {
        System.out.println("planted: " + bug);
        Spot spot = spot(Bug.valueOf(bug));
        new AgentBuilder.Default()
                .with(AgentBuilder.Listener.StreamWriting.toSystemError().withErrorsOnly())
                .type(named(spot.type()))
                .transform((builder, description, loader, module, domain) ->
                        builder.visit(Advice.to(spot.mistake()).on(named(spot.method()))))
                .installOn(instrumentation);
    }

    static Spot spot(Bug bug) {
        return switch (bug) {
            case NO_IDEMPOTENCY_KEY -> new Spot(GATEWAY + "psp.StripeHttp", "post", Mistakes.OtherKey.class);
            case GRANTS_UNPAID -> new Spot(SAGA + "Purchase", "access", Mistakes.Active.class);
            case BODY_CHANGES -> new Spot(GATEWAY + "psp.StripeRequests", "encode", Mistakes.Salt.class);
            case FORGETS_UNKNOWN -> new Spot(SAGA + "Operations", "open", Mistakes.KnownOnly.class);
            case BREAKS_CHAIN -> new Spot(SAGA + "JournalRules", "hash", Mistakes.OtherHash.class);
            case UNBALANCED -> new Spot(SAGA + "LedgerRules", "posting", Mistakes.OneCent.class);
            case REFUNDS_UNCHECKED -> new Spot(SAGA + "RefundRules", "refusal", Mistakes.Nothing.class);
            case TRUSTS_ANYBODY -> new Spot(GATEWAY + "webhook.SignatureVerifier", "matches", Mistakes.Yes.class);
            case READS_UNCOMMITTED ->
                new Spot("io.gamestream.runtime.kafka.KafkaClients", "consumer", Mistakes.Uncommitted.class);
            case FORGETS_KEYS -> new Spot(GATEWAY + "intake.Idempotent", "once", Mistakes.NewKey.class);
            case TELLS_AGAIN ->
                new Spot("io.gamestream.schemas.internal.payments.PaymentSaga", "getTold", Mistakes.Empty.class);
            case LOGS_THE_KEY -> new Spot(GATEWAY + "psp.StripeHttp", "request", Mistakes.Print.class);
            case DROPS_COMMANDS -> new Spot(GATEWAY + "intake.Orders", "insertCommand", Mistakes.SkipTenth.class);
            case DEAF_TO_DISPUTES -> new Spot(SAGA + "FactRules", "dispute", Mistakes.Skip.class);
            case NO_RECEIPT -> new Spot(SAGA + "Telling", "once", Mistakes.SkipReceipt.class);
            case TIMERS_SLEEP -> new Spot(SAGA + "DueIndex", "due", Mistakes.Empty.class);
            case REPLAYS_ANYTHING -> new Spot(SAGA + "CommandRules", "administered", Mistakes.ReadInstead.class);
            case READS_NOTHING -> new Spot(SAGA + "AnswerRules", "answered", Mistakes.Blind.class);
            case SLOW_START -> new Spot(SAGA + "PaymentService", "start", Mistakes.Sleep.class);
        };
    }
}
