package io.gamestream.chaos.payments.plant;

import io.gamestream.chaos.kit.plant.Plant;
import io.gamestream.chaos.kit.plant.Spot;
import io.gamestream.chaos.payments.check.Invariant;
import io.gamestream.chaos.payments.plan.Target;
import java.util.List;
import java.util.Locale;

/**
 * A mistake that somebody could make, planted into one service of a run. The invariant that it breaks must be found broken, or
 * the check of it proves nothing.
 */
public enum Bug implements Plant {
    NO_IDEMPOTENCY_KEY(Invariant.S1, Target.WORKER, "each call to the PSP has a key of its own"),
    GRANTS_UNPAID(Invariant.S2, Target.SAGA, "games are granted whatever the money says"),
    BODY_CHANGES(Invariant.S3, Target.WORKER, "the request's body differs each time it is sent"),
    FORGETS_UNKNOWN(Invariant.S4, Target.SAGA, "an operation whose outcome is unknown counts as over"),
    BREAKS_CHAIN(Invariant.S5, Target.SAGA, "now and then a journal entry has another hash"),
    UNBALANCED(Invariant.S6, Target.SAGA, "a leg of each posting has one cent more"),
    REFUNDS_UNCHECKED(Invariant.S7, Target.SAGA, "refunds are taken on without looking at what is left"),
    TRUSTS_ANYBODY(Invariant.S8, Target.GATEWAY, "signatures of webhooks are not checked"),
    READS_UNCOMMITTED(Invariant.S9, Target.WORKER, "commands are carried out before their transaction is committed"),
    FORGETS_KEYS(Invariant.S10, Target.GATEWAY, "a repeated request is a new one"),
    TELLS_AGAIN(Invariant.S11, Target.SAGA, "what was told is not remembered"),
    LOGS_THE_KEY(Invariant.S12, Target.WORKER, "the PSP's key is printed with each call"),
    DROPS_COMMANDS(Invariant.L1, Target.GATEWAY, "every tenth order has no command in the outbox"),
    DEAF_TO_DISPUTES(Invariant.L2, Target.SAGA, "facts about disputes are dropped"),
    NO_RECEIPT(Invariant.L3, Target.SAGA, "receipts are never issued"),
    TIMERS_SLEEP(Invariant.L4, Target.SAGA, "no timer is ever due"),
    REPLAYS_ANYTHING(Invariant.L5, Target.SAGA, "a replay does something whether its dead letter is open or not"),
    READS_NOTHING(Invariant.L6, Target.SAGA, "what a read of the PSP shows is dropped"),
    SLOW_START(Invariant.L7, Target.SAGA, "a start takes longer than an outage may");

    private static final String SAGA_CODE = "io.gamestream.topology.payment.";
    private static final String GATEWAY_CODE = "io.gamestream.payments.";

    private final Invariant breaks;
    private final Target target;
    private final String meaning;

    Bug(Invariant breaks, Target target, String meaning) {
        this.breaks = breaks;
        this.target = target;
        this.meaning = meaning;
    }

    /** The invariant that a run with it must find broken. */
    public Invariant breaks() {
        return breaks;
    }

    /** The service that has it. */
    public Target target() {
        return target;
    }

    public String meaning() {
        return meaning;
    }

    /** Settings under which it shows within a short run. */
    public List<String> settings() {
        return switch (this) {
            // Kills then fall between a call and its result; and a worker that takes long to start is not too late to
            // make the call again, or the mistake would do no harm.
            case NO_IDEMPOTENCY_KEY, BODY_CHANGES ->
                List.of("payments-worker.write-every=1s", "payments.policy.command-deadline=30s");
            // Kills then fall into a transaction that is open.
            case READS_UNCOMMITTED -> List.of("payments.saga.commit-interval=700ms");
            default -> List.of();
        };
    }

    /** The run that is known to find it, as docs/chaos.md tells. */
    public Shape shape() {
        return switch (this) {
            case NO_IDEMPOTENCY_KEY, BODY_CHANGES, READS_UNCOMMITTED -> Shape.MANY_UNDER_WAY;
            case SLOW_START -> Shape.FEW_KILLS;
            case REPLAYS_ANYTHING -> Shape.WITH_DEAD_LETTERS;
            case GRANTS_UNPAID,
                    FORGETS_UNKNOWN,
                    BREAKS_CHAIN,
                    UNBALANCED,
                    REFUNDS_UNCHECKED,
                    TRUSTS_ANYBODY,
                    FORGETS_KEYS,
                    TELLS_AGAIN,
                    LOGS_THE_KEY,
                    DROPS_COMMANDS,
                    DEAF_TO_DISPUTES,
                    NO_RECEIPT,
                    TIMERS_SLEEP,
                    READS_NOTHING -> Shape.SMALL;
        };
    }

    @Override
    public List<Spot> spots() {
        return List.of(spot());
    }

    private Spot spot() {
        return switch (this) {
            case NO_IDEMPOTENCY_KEY -> new Spot(GATEWAY_CODE + "psp.StripeHttp", "post", Mistakes.OtherKey.class);
            case GRANTS_UNPAID -> new Spot(SAGA_CODE + "Purchase", "access", Mistakes.Active.class);
            case BODY_CHANGES -> new Spot(GATEWAY_CODE + "psp.StripeRequests", "encode", Mistakes.Salt.class);
            case FORGETS_UNKNOWN -> new Spot(SAGA_CODE + "Operations", "open", Mistakes.KnownOnly.class);
            case BREAKS_CHAIN -> new Spot(SAGA_CODE + "JournalRules", "hash", Mistakes.OtherHash.class);
            case UNBALANCED -> new Spot(SAGA_CODE + "LedgerRules", "posting", Mistakes.OneCent.class);
            case REFUNDS_UNCHECKED -> new Spot(SAGA_CODE + "RefundRules", "refusal", Mistakes.Nothing.class);
            case TRUSTS_ANYBODY -> new Spot(GATEWAY_CODE + "webhook.SignatureVerifier", "matches", Mistakes.Yes.class);
            case READS_UNCOMMITTED ->
                new Spot("io.gamestream.runtime.kafka.KafkaClients", "consumer", Mistakes.Uncommitted.class);
            case FORGETS_KEYS -> new Spot(GATEWAY_CODE + "intake.Idempotent", "once", Mistakes.NewKey.class);
            case TELLS_AGAIN ->
                new Spot("io.gamestream.schemas.internal.payments.PaymentSaga", "getTold", Mistakes.Empty.class);
            case LOGS_THE_KEY -> new Spot(GATEWAY_CODE + "psp.StripeHttp", "request", Mistakes.Print.class);
            case DROPS_COMMANDS -> new Spot(GATEWAY_CODE + "intake.Orders", "insertCommand", Mistakes.SkipTenth.class);
            case DEAF_TO_DISPUTES -> new Spot(SAGA_CODE + "FactRules", "dispute", Mistakes.Skip.class);
            case NO_RECEIPT -> new Spot(SAGA_CODE + "Telling", "once", Mistakes.SkipReceipt.class);
            case TIMERS_SLEEP -> new Spot(SAGA_CODE + "DueIndex", "due", Mistakes.Empty.class);
            case REPLAYS_ANYTHING -> new Spot(SAGA_CODE + "CommandRules", "administered", Mistakes.ReadInstead.class);
            case READS_NOTHING -> new Spot(SAGA_CODE + "AnswerRules", "answered", Mistakes.Blind.class);
            case SLOW_START -> new Spot(SAGA_CODE + "PaymentService", "start", Mistakes.Sleep.class);
        };
    }

    /** As on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
