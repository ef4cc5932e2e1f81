package io.gamestream.chaos.cdc.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** The checker is trusted because it catches what is planted here. */
class TopicCheckTest {

    @Property(tries = 40)
    void findsNothingInAPerfectTopic(@ForAll long seed, @ForAll @IntRange(max = 50) int before) {
        Perfect perfect = Perfect.of(seed, before, 1, 100);
        Verdict verdict = TopicCheck.check(perfect.committed, perfect.topic);
        assertThat(verdict.samples()).isEmpty();
        assertThat(verdict.held()).isTrue();
        assertThat(verdict.snapshotRepeats()).isZero();
        assertThat(verdict.changes() + verdict.coveredBySnapshot())
                .isEqualTo(perfect.committed.values().stream()
                        .mapToLong(List::size)
                        .sum());
    }

    @Property(tries = 20)
    void countsTheRecordsOfASnapshotThatStartedAgainWithoutBlamingThem(@ForAll long seed) {
        Perfect once = Perfect.of(seed, 30, 1, 50);
        Perfect twice = Perfect.of(seed, 30, 2, 50);
        Verdict verdict = TopicCheck.check(twice.committed, twice.topic);
        assertThat(verdict.samples()).isEmpty();
        assertThat(verdict.snapshotRepeats())
                .isEqualTo(TopicCheck.check(once.committed, once.topic).snapshotRecords());
    }

    @Property(tries = 20)
    void acceptsTheTombstonesOfASecondSnapshot(@ForAll long seed) {
        Perfect perfect = Perfect.of(seed, 10, 3, 30, 50);
        Verdict verdict = TopicCheck.check(perfect.committed, perfect.topic);
        assertThat(verdict.samples()).isEmpty();
    }

    @Property(tries = 40)
    void catchesAKeyThatASecondSnapshotForgets(@ForAll long seed, @ForAll @IntRange(max = 100_000) int choice) {
        Perfect perfect = Perfect.of(seed, 10, 2, 30, 5);
        Spot spot = Spot.any(perfect.topic, choice, record -> record.isTombstone() && record.belongsToSnapshot());
        spot.records().remove(spot.index());
        assertThat(TopicCheck.check(perfect.committed, perfect.topic).counts()).containsKey(Fault.LOST);
    }

    @Property(tries = 40)
    void catchesASnapshotThatDeletesTheLiving(@ForAll long seed, @ForAll @IntRange(max = 100_000) int choice) {
        Perfect perfect = Perfect.of(seed, 10, 1, 5);
        Spot spot = Spot.any(perfect.topic, choice, Observed::isSnapshot);
        Observed row = spot.record();
        spot.records()
                .add(
                        spot.index() + 1,
                        new Observed(row.partition(), row.offset(), "d", 0, 0, row.lsn(), row.commitLsn()));
        assertThat(TopicCheck.check(perfect.committed, perfect.topic).counts()).containsKey(Fault.NEVER_COMMITTED);
    }

    @Property(tries = 40)
    void catchesEveryRecordThatIsLost(@ForAll long seed, @ForAll @IntRange(max = 100_000) int choice) {
        Perfect perfect = Perfect.of(seed, 5, 1, 60);
        Spot spot = Spot.any(perfect.topic, choice, record -> !record.isSnapshot());
        spot.records().remove(spot.index());
        assertThat(TopicCheck.check(perfect.committed, perfect.topic).counts()).containsKey(Fault.LOST);
    }

    @Property(tries = 40)
    void catchesEveryRowThatIsLostFromTheSnapshot(@ForAll long seed, @ForAll @IntRange(max = 100_000) int choice) {
        Perfect perfect = Perfect.of(seed, 5, 1, 60);
        Spot spot = Spot.any(perfect.topic, choice, Observed::isSnapshot);
        spot.records().remove(spot.index());
        assertThat(TopicCheck.check(perfect.committed, perfect.topic).counts()).containsKey(Fault.LOST);
    }

    @Property(tries = 40)
    void catchesEveryRecordThatComesTwice(@ForAll long seed, @ForAll @IntRange(max = 100_000) int choice) {
        Perfect perfect = Perfect.of(seed, 5, 1, 60);
        Spot spot = Spot.any(perfect.topic, choice, record -> !record.isSnapshot());
        spot.records().add(spot.index() + 1, spot.record());
        Verdict verdict = TopicCheck.check(perfect.committed, perfect.topic);
        assertThat(verdict.counts()).containsKey(Fault.DUPLICATED);
        assertThat(verdict.count(Fault.LOST)).isZero();
    }

    @Property(tries = 40)
    void catchesABatchThatIsReplayedLater(@ForAll long seed, @ForAll @IntRange(max = 100_000) int choice) {
        Perfect perfect = Perfect.of(seed, 5, 1, 60);
        Spot spot = Spot.any(perfect.topic, choice, record -> !record.isSnapshot());
        List<Observed> replay =
                List.copyOf(spot.records().subList(spot.index(), spot.records().size()));
        spot.records().addAll(replay);
        assertThat(TopicCheck.check(perfect.committed, perfect.topic).counts().keySet())
                .containsAnyOf(Fault.DUPLICATED, Fault.RESURRECTED)
                .doesNotContain(Fault.LOST);
    }

    @Property(tries = 40)
    void catchesNeighboursThatSwapPlaces(@ForAll long seed, @ForAll @IntRange(max = 100_000) int choice) {
        Perfect perfect = Perfect.of(seed, 5, 1, 60);
        Spot spot = Spot.any(perfect.topic, choice, record -> record.op().equals("u"));
        Observed before = spot.records().get(spot.index() - 1);
        spot.records().set(spot.index() - 1, spot.record());
        spot.records().set(spot.index(), before);
        assertThat(TopicCheck.check(perfect.committed, perfect.topic).counts().keySet())
                .containsAnyOf(Fault.REORDERED, Fault.DUPLICATED);
    }

    @Property(tries = 40)
    void catchesAWrongColumn(@ForAll long seed, @ForAll @IntRange(max = 100_000) int choice) {
        Perfect perfect = Perfect.of(seed, 5, 1, 60);
        Spot spot = Spot.any(perfect.topic, choice, record -> !record.isTombstone());
        Observed record = spot.record();
        spot.records().set(spot.index(), with(record, record.seq(), record.hash() + 1));
        assertThat(TopicCheck.check(perfect.committed, perfect.topic).count(Fault.WRONG_VALUE))
                .isEqualTo(1);
    }

    @Property(tries = 40)
    void catchesAKeyThatStaysAfterItsDeletion(@ForAll long seed, @ForAll @IntRange(max = 100_000) int choice) {
        Perfect perfect = Perfect.of(seed, 5, 1, 60);
        Spot spot = Spot.any(perfect.topic, choice, Observed::isTombstone, true);
        spot.records().remove(spot.index());
        assertThat(TopicCheck.check(perfect.committed, perfect.topic).counts())
                .containsKeys(Fault.LOST, Fault.RESURRECTED, Fault.FINAL_STATE);
    }

    @Property(tries = 40)
    void catchesARowThatComesBackAfterItsDeletion(@ForAll long seed, @ForAll @IntRange(max = 100_000) int choice) {
        Perfect perfect = Perfect.of(seed, 5, 1, 60);
        Spot spot = Spot.any(perfect.topic, choice, Observed::isTombstone);
        spot.records().add(spot.index() + 1, spot.records().get(spot.index() - 1));
        assertThat(TopicCheck.check(perfect.committed, perfect.topic).counts().keySet())
                .containsAnyOf(Fault.RESURRECTED, Fault.DUPLICATED);
    }

    @Property(tries = 20)
    void catchesARowThatWasRolledBack(@ForAll long seed, @ForAll @IntRange(max = 100_000) int choice) {
        Perfect perfect = Perfect.of(seed, 5, 1, 60);
        Spot spot = Spot.any(perfect.topic, choice, record -> !record.isTombstone());
        spot.records().add(with(spot.record(), 1_000_000, 7));
        assertThat(TopicCheck.check(perfect.committed, perfect.topic).count(Fault.NEVER_COMMITTED))
                .isEqualTo(1);
    }

    @Property(tries = 20)
    void catchesAKeyThatNobodyWrote(@ForAll long seed) {
        Perfect perfect = Perfect.of(seed, 5, 1, 60);
        perfect.topic.put("stranger", List.of(new Observed(0, 9_999, "c", 1, 1, 99_999, 99_999)));
        assertThat(TopicCheck.check(perfect.committed, perfect.topic).count(Fault.NEVER_COMMITTED))
                .isEqualTo(1);
    }

    @Property(tries = 20)
    void catchesAHeaderThatLies(@ForAll long seed, @ForAll @IntRange(max = 100_000) int choice) {
        Perfect perfect = Perfect.of(seed, 5, 1, 60);
        Spot spot = Spot.any(perfect.topic, choice, record -> record.op().equals("u"));
        Observed is = spot.record();
        spot.records()
                .set(
                        spot.index(),
                        new Observed(is.partition(), is.offset(), "c", is.seq(), is.hash(), 1, is.commitLsn()));
        assertThat(TopicCheck.check(perfect.committed, perfect.topic).counts())
                .containsEntry(Fault.WRONG_OPERATION, 1L)
                .containsKey(Fault.LSN_NOT_RISING);
    }

    @Test
    void keepsAFewSamplesOfEachFaultAndCountsAll() {
        Perfect perfect = Perfect.of(1, 5, 1, 60);
        perfect.topic.clear();
        Verdict verdict = TopicCheck.check(perfect.committed, perfect.topic);
        assertThat(verdict.count(Fault.LOST)).isGreaterThan(100);
        assertThat(verdict.samples().stream().filter(finding -> finding.fault() == Fault.LOST))
                .hasSize(5);
        assertThat(verdict.held()).isFalse();
    }

    private static Observed with(Observed record, long seq, long hash) {
        return new Observed(
                record.partition(), record.offset(), record.op(), seq, hash, record.lsn() + 1, record.commitLsn());
    }

    /** A place in the records of one key. */
    private record Spot(List<Observed> records, int index) {

        Observed record() {
            return records.get(index);
        }

        static Spot any(Map<String, List<Observed>> topic, int choice, Predicate<Observed> wanted) {
            return any(topic, choice, wanted, false);
        }

        static Spot any(Map<String, List<Observed>> topic, int choice, Predicate<Observed> wanted, boolean last) {
            List<Spot> spots = new ArrayList<>();
            topic.keySet().stream().sorted().map(topic::get).forEach(records -> {
                for (int i = last ? records.size() - 1 : 0; i < records.size(); i++) {
                    if (wanted.test(records.get(i))) {
                        spots.add(new Spot(records, i));
                    }
                }
            });
            Assume.that(!spots.isEmpty());
            return spots.get(choice % spots.size());
        }
    }
}
