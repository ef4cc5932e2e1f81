package io.gamestream.chaos.payments.run;

import java.util.List;

/**
 * Settings that make hours minutes: each wait of the saga, the worker and the simulator is short, and their order is the real
 * one (a command's deadline is over before a read proves anything, keys live longer than commands, the ladder is longer still).
 */
final class Haste {

    private Haste() {}

    /** @param seed of what the simulator does wrong */
    static List<String> settings(long seed) {
        return List.of(
                "local.psp.seed=" + seed,
                "payments.policy.expiry=40s",
                "payments.policy.off-session-expiry=55s",
                "payments.policy.authorization-expiry=15s",
                // Longer than a killed worker is away: what it had in hand must be sent again, not be too late.
                "payments.policy.command-deadline=18s",
                "payments.policy.result-grace=2s",
                "payments.policy.key-life=25s",
                "payments.policy.settled-after=5s",
                "payments.policy.technical.base=200ms",
                "payments.policy.technical.cap=5s",
                "payments.policy.soft-decline.base=500ms",
                "payments.policy.soft-decline.cap=5s",
                "payments.policy.off-session-delays=[1s,3s,5s]",
                // Each read also waits for its deadline while the PSP's circuit is open; a run's outage outlasts all.
                "payments.policy.read-ladder=[500ms,1s,2s,4s,8s,15s]",
                "payments.policy.orphan-wait=20s",
                "streams.session-timeout=4s",
                "payments-worker.provider.timeout=1500ms",
                "payments-worker.provider.breaker.min-calls=60",
                "payments-worker.provider.breaker.reset-after=2s",
                "payments-worker.provider.rate.per-second=500",
                "payments-reconciliation.every=3s",
                "payments-reconciliation.settle=0s",
                // Longer than the saga's key-life, a command's deadline and the longest freeze of a worker together,
                // and
                // not by much: a key that is used later charges anew, which the books show.
                "local.psp.retention.key-life-ms=60000",
                "local.psp.terms.authorization-ms=25000",
                "local.psp.terms.challenge-ms=800",
                "local.psp.terms.settle-ms=800",
                "local.psp.terms.dispute-after-ms=2000",
                "local.psp.terms.dispute-for-ms=3000",
                "local.psp.terms.refund-ms=1000",
                "local.psp.webhooks.retry-min=500ms",
                "local.psp.webhooks.retry-max=4s");
    }
}
