package io.gamestream.local.psp.fault;

import io.gamestream.local.psp.core.Fate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Decides what goes wrong: scripts first, then chance by the settings. What is drawn for a key depends on the seed, the key
 * and how often the key has come, so a run can be repeated. Thread-safe.
 */
public final class FaultPlan {

    /** Beyond, the count of an old key begins anew. */
    private static final int COUNTED_KEYS = 100_000;

    private final Chance chance;
    private final List<Script> scripts = new ArrayList<>();
    private final Map<String, Integer> arrivals = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Integer> eldest) {
            return size() > COUNTED_KEYS;
        }
    };
    private FaultSettings settings;

    /** What happens to one request. */
    public record Drawn(TransportFault fault, Fate fate, long latencyMs) {}

    public FaultPlan(long seed, FaultSettings settings) {
        this.chance = new Chance(seed);
        this.settings = settings;
    }

    public synchronized FaultSettings settings() {
        return settings;
    }

    public synchronized void change(FaultSettings next) {
        settings = next;
    }

    public synchronized List<Script> scripts() {
        return List.copyOf(scripts);
    }

    public synchronized void add(Script script) {
        scripts.add(script);
    }

    public synchronized void clearScripts() {
        scripts.clear();
    }

    /**
     * Draws for a request.
     *
     * @param subject the idempotency key; of a read its path and query; for any other request without a key, something of its
     *     own
     */
    public synchronized Drawn request(String operation, String subject) {
        int nth = arrivals.merge(subject, 1, Integer::sum);
        FaultSettings.Transport transport = settings.transport();
        long latency = transport.latencyMinMs()
                + (long) (chance.draw("latency", subject, nth)
                        * (transport.latencyMaxMs() - transport.latencyMinMs() + 1));
        Fate drawn = fate(subject);
        Optional<String> scripted = script(operation, subject).map(Script::fault);
        if (scripted.isEmpty()) {
            return new Drawn(transport(transport, subject, nth), drawn, latency);
        }
        String fault = scripted.get();
        for (TransportFault one : TransportFault.values()) {
            if (one.label().equals(fault)) {
                return new Drawn(one, one == TransportFault.NONE ? Fate.KIND : drawn, latency);
            }
        }
        return new Drawn(TransportFault.NONE, scripted(fault, drawn), latency);
    }

    /** Draws for something that the world does. */
    public synchronized Fate world(String subject) {
        return fate(subject);
    }

    /** Draws for the delivery of an event. */
    public synchronized DeliveryFate delivery(String event, String type) {
        FaultSettings.Webhook webhook = settings.webhook();
        Optional<String> scripted = script("webhook", type).map(Script::fault);
        if (scripted.isPresent()) {
            String fault = scripted.get();
            return new DeliveryFate(
                    "lost".equals(fault),
                    "duplicate".equals(fault),
                    "forge".equals(fault),
                    "delay".equals(fault) ? webhook.delayMs() : 0);
        }
        long delay = 0;
        if (hit("delayed", event, webhook.delayed())) {
            delay += (long) (chance.draw("delay", event, 0) * webhook.delayMs());
        }
        if (hit("reordered", event, webhook.reordered())) {
            delay += (long) (chance.draw("reorder", event, 0) * webhook.reorderMs());
        }
        return new DeliveryFate(
                hit("lost", event, webhook.lost()),
                hit("duplicated", event, webhook.duplicated()),
                hit("forged", event, webhook.forged()),
                delay);
    }

    private TransportFault transport(FaultSettings.Transport rates, String subject, int nth) {
        double drawn = chance.draw("transport", subject, nth);
        double below = 0;
        for (TransportFault fault : TransportFault.values()) {
            below += rate(fault, rates);
            if (drawn < below) {
                return fault;
            }
        }
        return TransportFault.NONE;
    }

    private static double rate(TransportFault fault, FaultSettings.Transport rates) {
        return switch (fault) {
            case NONE -> 0;
            case RATE_LIMIT -> rates.rateLimited();
            case TIMEOUT_BEFORE -> rates.timeoutBefore();
            case TIMEOUT_AFTER -> rates.timeoutAfter();
            case SLOW -> rates.slow();
            case ERROR_BEFORE -> rates.errorBefore();
            case ERROR_AFTER -> rates.errorAfter();
            case STALL_BODY -> rates.stallBody();
        };
    }

    private Fate fate(String subject) {
        FaultSettings.Outcome rates = settings.outcome();
        String decline = null;
        if (hit("decline", subject, rates.declines())) {
            int which = (int)
                    (chance.draw("code", subject, 0) * rates.declineCodes().size());
            decline = rates.declineCodes().get(which);
        }
        return new Fate(
                decline,
                hit("challenge", subject, rates.challenges()),
                !hit("challenge-fails", subject, rates.challengesFailed()),
                hit("processing", subject, rates.processing()),
                !hit("processing-fails", subject, rates.processingFailed()),
                hit("wrong-amount", subject, rates.wrongAmounts()),
                hit("dispute", subject, rates.disputes()),
                hit("inquiry", subject, rates.inquiries()),
                !hit("dispute-lost", subject, rates.disputesLost()),
                hit("refund-pending", subject, rates.refundsPending()),
                hit("refund-fails", subject, rates.refundsFailed()));
    }

    private static Fate scripted(String fault, Fate drawn) {
        if (fault.startsWith("decline:")) {
            return drawn.declined(fault.substring("decline:".length()));
        }
        return switch (fault) {
            case "challenge" -> drawn.challenged(true);
            case "challenge-fails" -> drawn.challenged(false);
            case "processing" -> drawn.processed(true);
            case "processing-fails" -> drawn.processed(false);
            case "wrong-amount" -> drawn.takingTheWrongAmount();
            case "dispute" -> drawn.disputed(false, true);
            case "dispute-lost" -> drawn.disputed(false, false);
            case "inquiry" -> drawn.disputed(true, true);
            case "refund-pending" -> drawn.refunding(true, false);
            case "refund-fails" -> drawn.refunding(true, true);
            default -> drawn;
        };
    }

    /** Uses a script up by one. */
    private Optional<Script> script(String operation, String subject) {
        for (int i = 0; i < scripts.size(); i++) {
            Script script = scripts.get(i);
            if (script.matches(operation, subject)) {
                if (script.times() == 1) {
                    scripts.remove(i);
                } else {
                    scripts.set(i, new Script(script.operation(), script.match(), script.fault(), script.times() - 1));
                }
                return Optional.of(script);
            }
        }
        return Optional.empty();
    }

    private boolean hit(String kind, String subject, double rate) {
        return rate > 0 && chance.draw(kind, subject, 0) < rate;
    }
}
