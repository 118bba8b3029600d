package dev.lockstep.ledger;

import static dev.lockstep.ledger.LedgerStand.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.lockstep.domain.Principal;
import dev.lockstep.port.Sightings;
import java.time.Duration;
import java.util.List;

class SightingsTest {

    @OnEachDatabase
    void accounts_keep_when_they_were_first_seen_and_go_when_they_are_gone(LedgerStand stand) {
        Sightings sightings = stand.ledger.sightings();
        assertThat(sightings.listedAt("db")).isEmpty();
        sightings.saw("db", List.of(new Principal("old", null), new Principal("we\"ird", NOON.minusSeconds(5))));
        sightings.saw("other", List.of(new Principal("old", null)));
        assertThat(sightings.listedAt("db")).contains(NOON);

        stand.clock.advance(Duration.ofHours(1));
        sightings.saw("db", List.of(new Principal("we\"ird", null), new Principal("new", null)));

        assertThat(sightings.list())
                .extracting(Sightings.Sighting::target, Sightings.Sighting::principal, Sightings.Sighting::firstSeen)
                .containsExactlyInAnyOrder(
                        tuple("db", "new", NOON.plusSeconds(3600)),
                        tuple("db", "we\"ird", NOON),
                        tuple("other", "old", NOON));
        assertThat(sightings.find("db", "we\"ird").orElseThrow().lastSeen()).isEqualTo(NOON.plusSeconds(3600));
        assertThat(sightings.listedAt("db")).contains(NOON.plusSeconds(3600));
    }

    @OnEachDatabase
    void an_account_is_ignored_with_a_reason_until_somebody_takes_that_back(LedgerStand stand) {
        Sightings sightings = stand.ledger.sightings();
        sightings.saw("db", List.of(new Principal("backup", null)));

        assertThat(sightings.ignore("db", "nobody", "anna", "x")).isFalse();
        assertThat(sightings.ignore("db", "backup", "anna", "belongs to the backup"))
                .isTrue();
        sightings.saw("db", List.of(new Principal("backup", null)));
        assertThat(sightings.find("db", "backup").orElseThrow()).satisfies(sighting -> {
            assertThat(sighting.ignoredBy()).isEqualTo("anna");
            assertThat(sighting.reason()).isEqualTo("belongs to the backup");
            assertThat(sighting.ignoredAt()).isEqualTo(NOON);
        });

        assertThat(sightings.heed("db", "backup", "ben")).isTrue();
        assertThat(sightings.heed("db", "backup", "ben")).isFalse();
        assertThat(sightings.find("db", "backup").orElseThrow().ignoredAt()).isNull();
        assertThat(stand.audit.lines())
                .containsExactly(
                        "FACT anna account.ignore db op-null {principal=backup, reason=belongs to the backup}",
                        "FACT ben account.heed db op-null {principal=backup}");
    }
}
