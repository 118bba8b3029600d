package dev.lockstep.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.delivery.Arrivals.Arrival;
import dev.lockstep.delivery.Arrivals.Found;
import dev.lockstep.domain.Consumer;
import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.Identity;
import dev.lockstep.ledger.TestLedger;
import dev.lockstep.port.Identities;
import dev.lockstep.port.ReaderTokens.Token;
import dev.lockstep.port.Readings.Question;
import dev.lockstep.testing.TestClock;
import dev.lockstep.testing.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ArrivalsTest {

    private static final Instant NOON = Instant.parse("2026-05-04T12:00:00Z");
    private static final CredentialName ORDERS = CredentialName.of("prod/shop/postgres/orders-app");
    private static final CredentialName UNKNOWN = CredentialName.of("prod/shop/postgres/no-such");

    private final TestClock clock = TestClock.frozenAt(NOON);
    private final TestLedger ledger = TestLedger.on(TestDatabase.open(TestDatabase.Kind.H2), clock, event -> {});
    private final Arrivals arrivals =
            new Arrivals(ledger.readerTokens(), new Described(Set.of("web", "jobs")), ledger.readings());

    @BeforeEach
    void prepare() {
        ledger.known(ORDERS);
        ledger.consumers().register(ORDERS, List.of(Consumer.named("team-web")));
        for (String identity : List.of("web", "jobs", "gone")) {
            ledger.readerTokens().add("hash-of-" + identity, token(identity));
        }
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void eachIsToldHowWhatItWantsStandsForIt() {
        Map<Question, Boolean> registered = new HashMap<>();
        arrivals.find(Set.of(arrival("web", ORDERS), arrival("jobs", ORDERS)))
                .forEach((arrival, found) -> found.standing()
                        .forEach((question, standing) -> registered.put(question, standing.registered())));

        assertThat(registered)
                .isEqualTo(Map.of(new Question(ORDERS, "team-web"), true, new Question(ORDERS, "team-jobs"), false));
    }

    @Test
    void whoWantsNothingOrWhatIsNotThereIsKnownAllTheSame() {
        Arrival nothing = new Arrival("hash-of-web", Optional.empty());
        Map<Arrival, Found> found = arrivals.find(Set.of(nothing, arrival("web", UNKNOWN)));

        assertThat(found).hasSize(2);
        assertThat(found.values()).allSatisfy(each -> {
            assertThat(each.token().identity()).isEqualTo("web");
            assertThat(each.standing()).isEmpty();
        });
    }

    @Test
    void nothingIsToldToATokenThatIsNotValid() {
        assertThat(arrivals.find(Set.of(arrival("stranger", ORDERS)))).isEmpty();

        clock.advance(Duration.ofSeconds(61));
        assertThat(arrivals.find(Set.of(arrival("web", ORDERS)))).isEmpty();
    }

    @Test
    void anIdentityThatIsNotDescribedAnyMoreIsToldOfNoCredential() {
        assertThat(arrivals.find(Set.of(arrival("gone", ORDERS))).values())
                .singleElement()
                .satisfies(found -> assertThat(found.standing()).isEmpty());
    }

    private static Arrival arrival(String identity, CredentialName wanted) {
        return new Arrival("hash-of-" + identity, Optional.of(wanted));
    }

    private static Token token(String identity) {
        return new Token(
                "accessor-" + identity,
                null,
                null,
                identity,
                "approle",
                "copy-" + identity,
                NOON,
                NOON.plusSeconds(60),
                NOON.plusSeconds(600));
    }

    /** Reads as the consumer of the same team. */
    private record Described(Set<String> names) implements Identities {

        @Override
        public Optional<Identity> identity(String name) {
            return identities().stream()
                    .filter(each -> each.name().equals(name))
                    .findFirst();
        }

        @Override
        public Collection<Identity> identities() {
            return names.stream()
                    .map(name -> new Identity(
                            name,
                            "team-" + name,
                            new Identity.AppRole(Duration.ofDays(1)),
                            new Identity.Reads(List.of(), Map.of()),
                            new Identity.Tokens(Duration.ofMinutes(1), Duration.ofHours(1), List.of()),
                            Map.of()))
                    .toList();
        }
    }
}
