package dev.lockstep.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.domain.RolloutRule.Tally;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RolloutTest {

    private static final List<CredentialName> THOUSAND = IntStream.range(0, 1000)
            .mapToObj(number -> CredentialName.of("prod/shop/postgres/app-" + number))
            .toList();

    private static Rollout rollout(String tag, int share) {
        return new Rollout(
                1,
                "rotation",
                tag,
                "1.0",
                share,
                RolloutRule.USUAL,
                Rollout.Status.OPEN,
                "dora",
                Instant.EPOCH,
                null,
                null,
                null);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 30, 99})
    void a_share_takes_about_so_many_credentials(int share) {
        long taken = THOUSAND.stream().filter(rollout("1.1", share)::includes).count();
        assertThat(taken).isBetween(share * 10L - 40, share * 10L + 40);
    }

    @Test
    void all_means_all_and_a_greater_share_keeps_those_of_the_smaller() {
        assertThat(THOUSAND).allMatch(rollout("1.1", 100)::includes);
        assertThat(THOUSAND.stream().filter(rollout("1.1", 5)::includes))
                .isNotEmpty()
                .allMatch(rollout("1.1", 10)::includes);
    }

    @Test
    void each_version_is_tried_out_on_others() {
        assertThat(THOUSAND.stream().filter(rollout("1.1", 5)::includes))
                .isNotEmpty()
                .anyMatch(credential -> !rollout("1.2", 5).includes(credential));
    }

    @ParameterizedTest
    @CsvSource({"5,5", "5%,5", "5 %,5", "100%,100", "1,1"})
    void a_share_is_written_in_percent(String text, int share) {
        assertThat(Rollout.share(text)).isEqualTo(share);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "101", "-5", "5.5", "5%%", "all", "5% of them"})
    void other_shares_are_refused(String text) {
        assertThatThrownBy(() -> Rollout.share(text))
                .isInstanceOf(InvalidInput.class)
                .hasMessage("a share is 1% to 100% of the credentials");
    }

    @ParameterizedTest(name = "{0} of {1} against {2} of {3}")
    @CsvSource({
        "4, 4,  0, 0,  false", // too few to say anything
        "0, 5,  0, 0,  false",
        "1, 5,  0, 0,  true", // 20% against a version that nobody has seen fail
        "1, 5,  0, 99, true",
        "1, 20, 0, 99, false", // 5% is what is tolerated
        "2, 20, 0, 99, true",
        "2, 20, 5, 99, false", // the former one fails about as often
        "5, 5,  9, 9,  false",
        "9, 9,  1, 9,  true"
    })
    void a_version_returns_when_it_fails_more_often_than_the_former_and_more_than_tolerated(
            int failed, int judged, int formerFailed, int formerJudged, boolean returns) {
        assertThat(RolloutRule.USUAL
                        .reasonToReturn(new Tally(judged, failed), new Tally(formerJudged, formerFailed))
                        .isPresent())
                .isEqualTo(returns);
    }

    @Test
    void the_reason_can_be_read() {
        assertThat(RolloutRule.USUAL.reasonToReturn(new Tally(7, 3), new Tally(95, 2)))
                .contains("of the new version 3 of 7 runs failed (43%), of the former one 2 of 95 runs failed (2%)");
    }

    @Test
    void a_rule_says_how_many_runs_it_takes_and_what_it_tolerates() {
        Tally fresh = new Tally(2, 1);
        assertThat(new RolloutRule(2, 0).reasonToReturn(fresh, Tally.NONE)).isPresent();
        assertThat(new RolloutRule(3, 0).reasonToReturn(fresh, Tally.NONE)).isEmpty();
        assertThat(new RolloutRule(2, 50).reasonToReturn(fresh, Tally.NONE)).isEmpty();
        assertThatThrownBy(() -> new RolloutRule(0, 5)).hasMessageContaining("minimum sample");
        assertThatThrownBy(() -> new RolloutRule(5, 101)).hasMessageContaining("tolerance");
    }
}
