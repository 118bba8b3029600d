package dev.lockstep.process;

import dev.lockstep.domain.Canary;
import dev.lockstep.domain.Consumer;
import dev.lockstep.domain.Credential;
import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.Neighbours;
import dev.lockstep.domain.Policy;
import dev.lockstep.domain.ProcessPin;
import dev.lockstep.domain.Schedule;
import dev.lockstep.domain.SecretRules;
import dev.lockstep.domain.Strategy;
import dev.lockstep.domain.Timing;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Builds policies and credentials for tests; what a test does not say has a plain value. */
public final class Given {

    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789";

    private Strategy strategy = Strategy.IN_PLACE;
    private SecretRules rules = new SecretRules.Password(32, ALPHABET, Set.of(), 100);
    private Schedule schedule = new Schedule.Interval(Duration.ofDays(30));
    private Duration grace = Duration.ofHours(1);
    private Duration atLeast = Duration.ZERO;
    private Policy.Laggards laggards = Policy.Laggards.WAIT_AND_ESCALATE;
    private int attempts = 3;
    private List<Duration> backoff = List.of(Duration.ofSeconds(1));
    private int later;
    private boolean approval;
    private boolean repairDrift;
    private Policy.Escalation escalation = new Policy.Escalation("operators", Duration.ofDays(1));
    private Optional<Policy.Issuance> issuance = Optional.empty();
    private Policy.Decommission decommission = Policy.Decommission.STANDARD;
    private List<String> principals = List.of("app");
    private List<Consumer> consumers = List.of();
    private Optional<Canary> canary = Optional.empty();
    private List<String> mirrors = List.of();
    private Map<String, String> settings = Map.of();
    private String owner = "team";
    private Map<String, String> labels = Map.of();
    private String target = "paper";
    private Optional<String> initial = Optional.empty();
    private Set<CredentialName> derivedFrom = Set.of();
    private Optional<ProcessPin> process = Optional.empty();
    private Timing timing = Timing.ANY;

    private Neighbours neighbours = Neighbours.NONE;

    private Policy.Verification verification = Policy.Verification.STANDARD;

    private Given() {}

    /** Starts from a policy with one hour of grace and three attempts. */
    public static Given policy() {
        return new Given();
    }

    public Given alternating(String one, String other) {
        strategy = Strategy.ALTERNATING;
        principals = List.of(one, other);
        return this;
    }

    public Given principal(String principal) {
        principals = List.of(principal);
        return this;
    }

    public Given schedule(Schedule wanted) {
        schedule = wanted;
        return this;
    }

    public Given secret(SecretRules wanted) {
        rules = wanted;
        return this;
    }

    public Given grace(Duration atMost) {
        grace = atMost;
        return this;
    }

    public Given keepingAtLeast(Duration wanted) {
        atLeast = wanted;
        return this;
    }

    public Given retiringAnyway() {
        laggards = Policy.Laggards.RETIRE_ANYWAY;
        return this;
    }

    public Given attempts(int most) {
        attempts = most;
        return this;
    }

    public Given backoff(Duration wait) {
        backoff = List.of(wait);
        return this;
    }

    public Given retryingLater(int times) {
        later = times;
        return this;
    }

    public Given approval() {
        approval = true;
        return this;
    }

    public Given repairingDrift() {
        repairDrift = true;
        return this;
    }

    public Given escalation(Policy.Escalation rule) {
        escalation = rule;
        return this;
    }

    public Given issuance(Policy.Issuance rules) {
        issuance = Optional.of(rules);
        return this;
    }

    public Given decommission(Policy.Decommission rules) {
        decommission = rules;
        return this;
    }

    public Given consumers(String... names) {
        consumers = Stream.of(names).map(Consumer::named).toList();
        return this;
    }

    public Given consumers(Consumer... known) {
        consumers = List.of(known);
        return this;
    }

    public Given canary(Canary waves) {
        canary = Optional.of(waves);
        return this;
    }

    public Given mirrors(String... names) {
        mirrors = List.of(names);
        return this;
    }

    public Given target(String name, Map<String, String> accountSettings) {
        target = name;
        settings = accountSettings;
        return this;
    }

    public Given sandbox() {
        labels = Map.of("sandbox", "true");
        return this;
    }

    public Given owner(String group) {
        owner = group;
        return this;
    }

    public Given derivedFrom(CredentialName origin) {
        derivedFrom = Set.of(origin);
        return this;
    }

    public Given neighbours(Neighbours others) {
        neighbours = others;
        return this;
    }

    public Given verification(Policy.Verification rules) {
        verification = rules;
        return this;
    }

    public Given initial(String reference) {
        initial = Optional.of(reference);
        return this;
    }

    public Given process(String pin) {
        process = Optional.of(ProcessPin.parse(pin));
        return this;
    }

    public Given timing(Timing wanted) {
        timing = wanted;
        return this;
    }

    /** The policy alone. */
    public Policy rules() {
        return new Policy(
                "test",
                schedule,
                strategy,
                rules,
                new Policy.Grace(atLeast, grace, laggards),
                new Policy.Retries(attempts, backoff, 2),
                new Policy.Failure(later, Duration.ofMinutes(10), repairDrift),
                escalation,
                approval ? Optional.of(new Policy.Approval("approvers", Duration.ofDays(1))) : Optional.empty(),
                issuance,
                decommission,
                canary,
                process,
                timing,
                verification);
    }

    /** The credential with this policy. */
    public Credential credential(String name) {
        return new Credential(
                CredentialName.of(name),
                owner,
                "database-user",
                target,
                "main",
                mirrors,
                principals,
                settings,
                rules(),
                consumers,
                labels,
                initial,
                derivedFrom,
                neighbours);
    }
}
