package io.gamestream.topology.session;

import io.gamestream.schemas.catalog.GpuClass;
import io.gamestream.schemas.sessions.CellRecord;
import io.gamestream.schemas.sessions.HostDrain;
import io.gamestream.schemas.sessions.HostHealth;
import io.gamestream.schemas.sessions.HostReport;
import io.gamestream.schemas.sessions.HostState;
import io.gamestream.schemas.sessions.Member;
import io.gamestream.schemas.sessions.Place;
import io.gamestream.schemas.sessions.PolicySet;
import io.gamestream.schemas.sessions.Resume;
import io.gamestream.schemas.sessions.SlotPhase;
import io.gamestream.schemas.sessions.SlotReport;
import io.gamestream.schemas.sessions.Tick;
import io.gamestream.schemas.sessions.Withdraw;
import io.gamestream.topology.session.CellPolicy.Packing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Words records of a cell's inbox. */
final class Cells {

    static final String CELL = "fra-standard";
    static final String REGION = "fra";

    private Cells() {}

    static CellPolicy policy() {
        return policy(Packing.PACK, 0.03);
    }

    static CellPolicy policy(Packing packing, double reserve) {
        return policy(packing, reserve, Duration.ofSeconds(15), Duration.ofHours(24));
    }

    /** The usual one with another lease. */
    static CellPolicy leased(long seconds) {
        return policy(Packing.PACK, 0.03, Duration.ofSeconds(seconds), Duration.ofHours(24));
    }

    static CellPolicy policy(Packing packing, double reserve, Duration forgetHostsAfter) {
        return policy(packing, reserve, Duration.ofSeconds(15), forgetHostsAfter);
    }

    private static CellPolicy policy(Packing packing, double reserve, Duration lease, Duration forgetHostsAfter) {
        return new CellPolicy(
                packing,
                reserve,
                Map.of("ULTIMATE", Duration.ofSeconds(60), "PLUS", Duration.ofSeconds(15)),
                Duration.ofSeconds(10),
                Duration.ofSeconds(15),
                Duration.ofSeconds(60),
                Duration.ofHours(8),
                Duration.ofSeconds(120),
                Duration.ofMinutes(10),
                Duration.ofSeconds(60),
                Duration.ofSeconds(60),
                lease,
                Duration.ofSeconds(3),
                Duration.ofMinutes(5),
                forgetHostsAfter,
                Duration.ofSeconds(5),
                5,
                Duration.ofSeconds(2),
                Duration.ofSeconds(60),
                Duration.ofSeconds(5),
                500);
    }

    static CellRecord record(long at, Object body) {
        return CellRecord.newBuilder().setCellId(CELL).setAt(at).setBody(body).build();
    }

    static CellRecord tick(long at) {
        return record(at, new Tick());
    }

    static CellRecord policySet(CellPolicy policy) {
        return record(
                0, PolicySet.newBuilder().setPolicy(PolicyJson.write(policy)).build());
    }

    static CellRecord report(long at, String host, String boot, long seq, SlotReport... slots) {
        return report(at, host, boot, seq, GpuClass.STANDARD, Arrays.asList(slots));
    }

    static CellRecord report(long at, String host, String boot, long seq, GpuClass gpu, List<SlotReport> slots) {
        return record(
                at,
                HostReport.newBuilder()
                        .setHostId(host)
                        .setBootId(boot)
                        .setSeq(seq)
                        .setAddress(host + ":7000")
                        .setGpuClass(gpu)
                        .setSlots(slots)
                        .build());
    }

    static SlotReport slot(SlotPhase phase, long token) {
        return SlotReport.newBuilder().setPhase(phase).setToken(token).build();
    }

    static SlotReport[] idle(int slots) {
        SlotReport[] all = new SlotReport[slots];
        Arrays.setAll(all, i -> slot(SlotPhase.IDLE, 0));
        return all;
    }

    static CellRecord state(long at, String host, String boot, HostHealth health) {
        return record(
                at,
                HostState.newBuilder()
                        .setHostId(host)
                        .setBootId(boot)
                        .setHealth(health)
                        .build());
    }

    static CellRecord drain(long at, String host, boolean draining, long evictAfterMs) {
        return record(
                at,
                HostDrain.newBuilder()
                        .setHostId(host)
                        .setDraining(draining)
                        .setEvictAfterMs(evictAfterMs)
                        .build());
    }

    static CellRecord withdraw(long at, String ticket, String session) {
        return record(
                at,
                Withdraw.newBuilder()
                        .setTicketId(ticket)
                        .setSessionId(session)
                        .setReason("PLAYER")
                        .build());
    }

    static CellRecord resume(long at, String session) {
        return record(at, Resume.newBuilder().setSessionId(session).build());
    }

    /** A request of one player, or of a party: player {@code p} has session {@code s-p}; the first one's is the ticket. */
    static Ticket ticket(String... players) {
        return new Ticket(List.of(players), 1, GpuClass.STANDARD, "FREE", true, true, 0, 0);
    }

    /** What a place is made of. */
    record Ticket(
            List<String> players,
            int attempt,
            GpuClass gpu,
            String tier,
            boolean home,
            boolean mayQueue,
            long patienceMs,
            long requestedAt) {

        Ticket away() {
            return new Ticket(players, attempt, gpu, tier, false, mayQueue, patienceMs, requestedAt);
        }

        Ticket tried() {
            return new Ticket(players, attempt, gpu, tier, home, false, patienceMs, requestedAt);
        }

        Ticket tier(String name) {
            return new Ticket(players, attempt, gpu, name, home, mayQueue, patienceMs, requestedAt);
        }

        Ticket patient(long ms) {
            return new Ticket(players, attempt, gpu, tier, home, mayQueue, ms, requestedAt);
        }

        Ticket gpu(GpuClass other) {
            return new Ticket(players, attempt, other, tier, home, mayQueue, patienceMs, requestedAt);
        }

        Ticket attempt(int number) {
            return new Ticket(players, number, gpu, tier, home, mayQueue, patienceMs, requestedAt);
        }

        Ticket at(long requested) {
            return new Ticket(players, attempt, gpu, tier, home, mayQueue, patienceMs, requested);
        }

        String id() {
            return "s-" + players.get(0);
        }

        CellRecord place(long at) {
            List<Member> members = new ArrayList<>();
            players.forEach(player -> members.add(Member.newBuilder()
                    .setPlayerId(player)
                    .setSessionId("s-" + player)
                    .build()));
            return record(
                    at,
                    Place.newBuilder()
                            .setTicketId(id())
                            .setAttempt(attempt)
                            .setMembers(members)
                            .setGameId("g-1")
                            .setGpuClass(gpu)
                            .setTier(tier)
                            .setHome(home)
                            .setRttMs(20)
                            .setRequestedAt(requestedAt == 0 ? at : requestedAt)
                            .setMayQueue(mayQueue)
                            .setPatienceMs(patienceMs)
                            .build());
        }
    }
}
