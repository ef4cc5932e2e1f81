package io.gamestream.chaos.payments.plant;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import java.lang.instrument.Instrumentation;
import net.bytebuddy.agent.builder.AgentBuilder;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.matcher.ElementMatcher;

/** Weaves one bug into the JVM that it is handed to. */
public final class BugAgent {

    private static final String SAGA = "io.gamestream.topology.payment.";
    private static final String GATEWAY = "io.gamestream.payments.";

    private BugAgent() {}

    /**
     * What the JVM calls before the service starts.
     *
     * @param bug name of a {@link Bug}
     */
    public static void premain(String bug, Instrumentation instrumentation) {
        System.out.println("planted: " + bug);
        switch (Bug.valueOf(bug)) {
            case NO_IDEMPOTENCY_KEY ->
                weave(instrumentation, GATEWAY + "psp.StripeHttp", named("post"), Mistakes.OtherKey.class);
            case GRANTS_UNPAID -> weave(instrumentation, SAGA + "Purchase", named("access"), Mistakes.Active.class);
            case BODY_CHANGES ->
                weave(instrumentation, GATEWAY + "psp.StripeRequests", named("encode"), Mistakes.Salt.class);
            case FORGETS_UNKNOWN ->
                weave(instrumentation, SAGA + "Operations", named("open"), Mistakes.KnownOnly.class);
            case BREAKS_CHAIN -> weave(instrumentation, SAGA + "JournalRules", named("hash"), Mistakes.OtherHash.class);
            case UNBALANCED -> weave(instrumentation, SAGA + "LedgerRules", named("posting"), Mistakes.OneCent.class);
            case REFUNDS_UNCHECKED ->
                weave(instrumentation, SAGA + "RefundRules", named("refusal"), Mistakes.Nothing.class);
            case TRUSTS_ANYBODY ->
                weave(instrumentation, GATEWAY + "webhook.SignatureVerifier", named("matches"), Mistakes.Yes.class);
            case READS_UNCOMMITTED ->
                weave(
                        instrumentation,
                        "io.gamestream.runtime.kafka.KafkaClients",
                        named("consumer"),
                        Mistakes.Uncommitted.class);
            case FORGETS_KEYS ->
                weave(instrumentation, GATEWAY + "intake.Idempotent", named("once"), Mistakes.NewKey.class);
            case TELLS_AGAIN ->
                weave(
                        instrumentation,
                        "io.gamestream.schemas.internal.payments.PaymentSaga",
                        named("getTold"),
                        Mistakes.Empty.class);
            case LOGS_THE_KEY ->
                weave(instrumentation, GATEWAY + "psp.StripeHttp", named("request"), Mistakes.Print.class);
            case DROPS_COMMANDS ->
                weave(instrumentation, GATEWAY + "intake.Orders", named("insertCommand"), Mistakes.SkipTenth.class);
            case DEAF_TO_DISPUTES ->
                weave(
                        instrumentation,
                        SAGA + "FactRules",
                        named("dispute").and(takesArguments(1)),
                        Mistakes.Skip.class);
            case NO_RECEIPT -> weave(instrumentation, SAGA + "Telling", named("once"), Mistakes.SkipReceipt.class);
            case TIMERS_SLEEP -> weave(instrumentation, SAGA + "DueIndex", named("due"), Mistakes.Empty.class);
            case REPLAYS_ANYTHING ->
                weave(instrumentation, SAGA + "CommandRules", named("administered"), Mistakes.ReadInstead.class);
            case READS_NOTHING -> weave(instrumentation, SAGA + "AnswerRules", named("answered"), Mistakes.Blind.class);
            case SLOW_START -> weave(instrumentation, SAGA + "PaymentService", named("start"), Mistakes.Sleep.class);
        }
    }

    private static void weave(
            Instrumentation instrumentation,
            String type,
            ElementMatcher<? super MethodDescription> method,
            Class<?> mistake) {
        new AgentBuilder.Default()
                .with(AgentBuilder.Listener.StreamWriting.toSystemError().withErrorsOnly())
                .type(named(type))
                .transform((builder, description, loader, module, domain) ->
                        builder.visit(Advice.to(mistake).on(method)))
                .installOn(instrumentation);
    }
}
