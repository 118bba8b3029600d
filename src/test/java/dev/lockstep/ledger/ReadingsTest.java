package dev.lockstep.ledger;

import static dev.lockstep.ledger.LedgerStand.BILLING;
import static dev.lockstep.ledger.LedgerStand.NOON;
import static dev.lockstep.ledger.LedgerStand.ORDERS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.domain.Consumer;
import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.SecretRef;
import dev.lockstep.domain.Stage;
import dev.lockstep.domain.Version;
import dev.lockstep.port.ReaderTokens;
import dev.lockstep.port.Readings;
import dev.lockstep.port.Readings.Oddity;
import dev.lockstep.port.Readings.Question;
import dev.lockstep.port.Readings.Reading;
import dev.lockstep.port.Readings.Standing;
import dev.lockstep.port.SecretIds;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What programs hold and have read, on each kind of database. */
class ReadingsTest {

    private static final SecretRef ONE = new SecretRef(ORDERS, 1);
    private static final SecretRef TWO = new SecretRef(ORDERS, 2);

    private static void prepare(LedgerStand stand) {
        List.of(ORDERS, BILLING).forEach(name -> stand.ledger.inventory().register(name, "db", null));
        stand.ledger.consumers().register(ORDERS, List.of(Consumer.named("web"), Consumer.named("jobs")));
        Version first = stand.ledger.versions().reserve(ORDERS, null, "app", "f1", "r");
        stand.ledger.versions().promote(first.ref());
    }

    private static ReaderTokens.Token token(String accessor, String instance) {
        return new ReaderTokens.Token(
                accessor,
                null,
                null,
                "shop-web",
                "approle",
                instance,
                NOON,
                NOON.plusSeconds(60),
                NOON.plusSeconds(600));
    }

    private static Reading reading(SecretRef ref, String consumer, String instance) {
        return new Reading(ref, "shop-" + consumer, consumer, instance);
    }

    @OnEachDatabase
    void many_are_looked_at_in_one_go(LedgerStand stand) {
        prepare(stand);
        SecretRef staged =
                stand.ledger.versions().reserve(ORDERS, null, "app", "f2", "r").ref();
        stand.ledger.consumers().release(staged, List.of("web"));

        Map<Question, Standing> found = stand.ledger
                .readings()
                .look(Set.of(
                        new Question(ORDERS, "web"),
                        new Question(ORDERS, "jobs"),
                        new Question(ORDERS, "stranger"),
                        new Question(BILLING, "web"),
                        new Question(CredentialName.of("no/such/thing/here"), "web")));

        assertThat(found).hasSize(4);
        assertThat(Objects.requireNonNull(found.get(new Question(ORDERS, "web")))
                        .served())
                .hasValueSatisfying(it -> assertThat(it.ref()).isEqualTo(staged));
        assertThat(Objects.requireNonNull(found.get(new Question(ORDERS, "jobs")))
                        .served())
                .hasValueSatisfying(it -> assertThat(it.ref()).isEqualTo(ONE));
        assertThat(Objects.requireNonNull(found.get(new Question(ORDERS, "stranger")))
                        .registered())
                .isFalse();
        assertThat(Objects.requireNonNull(found.get(new Question(BILLING, "web")))
                        .served())
                .isEmpty();
    }

    @OnEachDatabase
    void a_consumer_has_moved_when_no_living_copy_has_the_old_version(LedgerStand stand) {
        prepare(stand);
        Readings readings = stand.ledger.readings();
        stand.ledger.readerTokens().add("h1", token("a1", "i1"));
        stand.ledger.readerTokens().add("h2", token("a2", "i2"));
        readings.record(List.of(reading(ONE, "web", "i1"), reading(ONE, "web", "i2"), reading(ONE, "jobs", "i3")));
        assertThat(stand.ledger.consumers().laggards(TWO)).containsExactly("jobs", "web");

        readings.record(List.of(reading(TWO, "web", "i1"), reading(TWO, "jobs", "i3")));
        assertThat(stand.ledger.consumers().laggards(TWO)).containsExactly("web");
        assertThat(readings.copies(ORDERS)).extracting(Readings.Copy::version).containsExactly(1, 2);

        stand.clock.advance(Duration.ofSeconds(61));
        assertThat(stand.ledger.consumers().laggards(TWO))
                .as("its token has expired")
                .isEmpty();
        stand.ledger.readerTokens().forget(stand.clock.instant().plusSeconds(1));
        assertThat(readings.copies(ORDERS)).isEmpty();
    }

    @OnEachDatabase
    void a_repeat_changes_no_version(LedgerStand stand) {
        prepare(stand);
        Readings readings = stand.ledger.readings();
        readings.record(List.of(reading(ONE, "web", "i1")));
        readings.record(List.of(reading(TWO, "web", "i1")));
        stand.clock.advance(Duration.ofSeconds(5));

        readings.again(Map.of(reading(ONE, "web", "i1"), 3));
        assertThat(stand.ledger.consumers().of(ORDERS).get(1).version()).isEqualTo(2);
        readings.again(Map.of(reading(TWO, "web", "i1"), 3));
        assertThat(stand.ledger.consumers().of(ORDERS).get(1).at()).isEqualTo(NOON.plusSeconds(5));
    }

    @OnEachDatabase
    void whoever_records_a_reading_gets_to_know_how_the_credential_stands_afterwards(LedgerStand stand) {
        prepare(stand);
        Reading web = reading(ONE, "web", "i1");
        Reading stranger = reading(ONE, "tool", "i9");

        Map<Reading, Standing> found = stand.ledger.readings().record(List.of(web, stranger));

        assertThat(found).containsOnlyKeys(web, stranger);
        assertThat(found.get(web)).isEqualTo(look(stand, web)).matches(Standing::registered);
        assertThat(found.get(stranger)).isEqualTo(look(stand, stranger)).matches(standing -> !standing.registered());
    }

    private static Standing look(LedgerStand stand, Reading reading) {
        return Objects.requireNonNull(
                stand.ledger.readings().look(Set.of(reading.question())).get(reading.question()));
    }

    @OnEachDatabase
    void very_many_repeats_are_all_written(LedgerStand stand) {
        prepare(stand);
        Readings readings = stand.ledger.readings();
        List<Reading> all = IntStream.range(0, 120)
                .mapToObj(i -> reading(ONE, i % 2 == 0 ? "web" : "tool", "i" + i))
                .toList();
        readings.record(all);
        stand.clock.advance(Duration.ofSeconds(5));

        readings.again(all.stream().collect(Collectors.toMap(each -> each, each -> 2)));

        assertThat(stand.ledger
                        .database()
                        .jdbc()
                        .sql("SELECT COUNT(*) FROM consumer_instance WHERE read_at = :now")
                        .param("now", Columns.utc(NOON.plusSeconds(5)))
                        .query(Integer.class)
                        .single())
                .isEqualTo(60);
        assertThat(readings.findings(ORDERS))
                .singleElement()
                .satisfies(finding -> assertThat(finding.times()).isEqualTo(180));
    }

    @OnEachDatabase
    void strangers_and_old_versions_are_findings(LedgerStand stand) {
        prepare(stand);
        Readings readings = stand.ledger.readings();
        readings.record(List.of(reading(ONE, "tool", "i9")));
        readings.again(Map.of(reading(ONE, "tool", "i9"), 4));
        readings.note(Map.of(new Oddity(TWO, "shop-web", Oddity.Kind.OLD_VERSION), 2));

        assertThat(readings.findings(ORDERS))
                .extracting(
                        found -> found.oddity().kind() + " " + found.oddity().identity() + " " + found.times())
                .containsExactlyInAnyOrder("UNREGISTERED_READER shop-tool 5", "OLD_VERSION shop-web 2");
        assertThat(readings.counts(NOON)).containsEntry(Oddity.Kind.OLD_VERSION, 1L);
        assertThat(readings.counts(NOON.plusSeconds(1))).isEmpty();
        assertThat(stand.ledger.consumers().of(ORDERS)).extracting("version").containsOnlyNulls();
    }

    @OnEachDatabase
    void a_token_is_found_until_it_expires_and_goes_with_its_maker(LedgerStand stand) {
        ReaderTokens tokens = stand.ledger.readerTokens();
        tokens.add("h1", token("a1", "i1"));
        tokens.add(
                "h2",
                new ReaderTokens.Token(
                        "a2",
                        "a1",
                        null,
                        "shop-web",
                        "approle",
                        "i1",
                        NOON,
                        NOON.plusSeconds(30),
                        NOON.plusSeconds(30)));

        assertThat(tokens.find(Set.of("h1", "h2", "h3"))).containsOnlyKeys("h1", "h2");
        stand.clock.advance(Duration.ofSeconds(31));
        assertThat(tokens.find(Set.of("h1", "h2"))).containsOnlyKeys("h1");
        assertThat(tokens.renew("a1", NOON.plusSeconds(120))).isPresent();
        assertThat(tokens.renew("a2", NOON.plusSeconds(120))).isEmpty();
        stand.clock.advance(Duration.ofSeconds(60));
        assertThat(tokens.find(Set.of("h1"))).isNotEmpty();
        assertThat(tokens.revoke("a1")).isEqualTo(2);
        assertThat(tokens.find(Set.of("h1"))).isEmpty();
    }

    @OnEachDatabase
    void a_secret_id_is_valid_until_it_expires_or_is_revoked_with_its_tokens(LedgerStand stand) {
        SecretIds secrets = stand.ledger.secretIds();
        secrets.add("s1", new SecretIds.SecretId("x1", "shop-web", "olga", NOON, NOON.plusSeconds(60), null));
        assertThat(secrets.use("s1"))
                .hasValueSatisfying(used -> assertThat(used.usedAt()).isEqualTo(NOON));
        assertThat(secrets.use("s2")).isEmpty();
        stand.ledger
                .readerTokens()
                .add(
                        "h1",
                        new ReaderTokens.Token(
                                "a1",
                                null,
                                "x1",
                                "shop-web",
                                "approle",
                                "i1",
                                NOON,
                                NOON.plusSeconds(60),
                                NOON.plusSeconds(60)));

        assertThat(secrets.revoke("other", "x1")).isFalse();
        assertThat(stand.ledger.readerTokens().find(Set.of("h1"))).isNotEmpty();
        assertThat(secrets.revoke("shop-web", "x1")).isTrue();
        assertThat(stand.ledger.readerTokens().find(Set.of("h1"))).isEmpty();
        secrets.add("s3", new SecretIds.SecretId("x3", "shop-web", "olga", NOON, NOON.plusSeconds(60), null));
        stand.clock.advance(Duration.ofSeconds(60));
        assertThat(secrets.use("s3")).isEmpty();
        assertThat(secrets.of("shop-web")).isEmpty();
    }

    @OnEachDatabase
    void what_was_served_before_counts_no_more_when_it_is_revoked(LedgerStand stand) {
        prepare(stand);
        stand.ledger.versions().move(ONE, Stage.CURRENT, Stage.REVOKED);

        Question question = new Question(ORDERS, "web");
        assertThat(Objects.requireNonNull(
                                stand.ledger.readings().look(Set.of(question)).get(question))
                        .served())
                .isEmpty();
    }
}
