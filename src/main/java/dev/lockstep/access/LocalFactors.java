package dev.lockstep.access;

import dev.lockstep.domain.AuditEvent;
import dev.lockstep.domain.Digests;
import dev.lockstep.domain.InvalidInput;
import dev.lockstep.domain.SecretValue;
import dev.lockstep.port.AuditTrail;
import dev.lockstep.port.Sealing;
import dev.lockstep.port.SecondFactors;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.springframework.transaction.support.TransactionTemplate;

/** Keeps the second factors of local users. */
final class LocalFactors implements SecondFactors {

    private static final int SECRET_BYTES = 20;
    private static final int RECOVERY_CODES = 10;
    private static final int RECOVERY_BYTES = 10;

    private final SecureRandom random = new SecureRandom();
    private final FactorRows rows;
    private final AccessUsers users;
    private final LoginFailures failures;
    private final Sealing sealing;
    private final StepUpRules rules;
    private final AuditTrail trail;
    private final TransactionTemplate transaction;
    private final Clock clock;

    LocalFactors(
            FactorRows rows,
            AccessUsers users,
            LoginFailures failures,
            Sealing sealing,
            StepUpRules rules,
            AuditTrail trail,
            TransactionTemplate transaction,
            Clock clock) {
        this.rows = rows;
        this.users = users;
        this.failures = failures;
        this.sealing = sealing;
        this.rules = rules;
        this.trail = trail;
        this.transaction = transaction;
        this.clock = clock;
    }

    @Override
    public Way way(String user) {
        AccessUser known = known(user);
        if (!known.local()) {
            return Way.PROVIDER;
        }
        return known.secondFactor() ? Way.CODE : Way.NONE;
    }

    @Override
    public Optional<Duration> fresh() {
        return rules.on() ? Optional.of(rules.within()) : Optional.empty();
    }

    @Override
    public Enrolment begin(String user) {
        requireNone(user);
        byte[] secret = new byte[SECRET_BYTES];
        random.nextBytes(secret);
        try (SecretValue value = SecretValue.of(secret)) {
            rows.propose(user, sealing.seal(owner(user), value));
            return enrolment(user, value);
        }
    }

    @Override
    public Optional<Enrolment> pending(String user) {
        return rows.pending(user).map(wrapped -> {
            try (SecretValue secret = sealing.open(owner(user), wrapped)) {
                return enrolment(user, secret);
            }
        });
    }

    @Override
    public List<SecretValue> confirm(String user, SecretValue code) {
        requireNone(user);
        byte[] wrapped =
                rows.pending(user).orElseThrow(() -> new InvalidInput("code", "nothing waits to be confirmed"));
        OptionalLong step = step(user, wrapped, text(code));
        if (step.isEmpty()) {
            throw refused(user);
        }
        List<SecretValue> codes =
                Stream.generate(this::recoveryCode).limit(RECOVERY_CODES).toList();
        List<String> hashes =
                codes.stream().map(LocalFactors::text).map(Digests::sha256).toList();
        transaction.executeWithoutResult(status -> {
            if (!rows.confirm(user, wrapped, step.getAsLong(), hashes)) {
                throw new InvalidInput("code", "the secret was set up anew meanwhile; use the newest one");
            }
            CurrentSessionFilter.present().ifPresent(session -> rows.given(session.id()));
            tell(user, "second-factor.confirm", user, Map.of());
        });
        return codes;
    }

    @Override
    public void give(String user, SecretValue code) {
        AccessUser known = known(user);
        if (known.disabled() || known.lockedAt(clock.instant())) {
            throw wrong();
        }
        String text = text(code);
        boolean accepted = Boolean.TRUE.equals(transaction.execute(status -> {
            Optional<String> by = accepted(user, text);
            by.ifPresent(which -> {
                failures.forget(user);
                CurrentSessionFilter.present().ifPresent(session -> rows.given(session.id()));
                tell(user, "second-factor.accept", user, Map.of("by", which));
            });
            return by.isPresent();
        }));
        if (!accepted) {
            throw refused(user);
        }
    }

    @Override
    public void remove(String actor, String user) {
        known(user);
        transaction.executeWithoutResult(status -> {
            if (rows.remove(user)) {
                tell(actor, "second-factor.remove", user, Map.of());
            }
        });
    }

    private Optional<String> accepted(String user, String code) {
        if (code.length() == OneTimeCodes.DIGITS) {
            OptionalLong step =
                    rows.secret(user).map(wrapped -> step(user, wrapped, code)).orElse(OptionalLong.empty());
            return step.isPresent() && rows.accept(user, step.getAsLong()) ? Optional.of("code") : Optional.empty();
        }
        return rows.useCode(user, Digests.sha256(code)) ? Optional.of("recovery-code") : Optional.empty();
    }

    private OptionalLong step(String user, byte[] wrapped, String code) {
        try (SecretValue secret = sealing.open(owner(user), wrapped)) {
            return secret.expose(bytes -> OneTimeCodes.step(bytes, code, clock.instant()));
        }
    }

    /** Counts like a wrong password, and locks the user out in the end. */
    private InvalidInput refused(String user) {
        transaction.executeWithoutResult(status -> {
            failures.count(user);
            tell(user, "second-factor.refuse", user, Map.of());
        });
        return wrong();
    }

    private void requireNone(String user) {
        if (way(user) != Way.NONE) {
            throw new InvalidInput("user", "the second factor of '" + user + "' is set up already, or not kept here");
        }
    }

    private AccessUser known(String user) {
        return users.find(AccessUser.requireId(user))
                .orElseThrow(() -> new InvalidInput("id", "there is no such user"));
    }

    private SecretValue recoveryCode() {
        byte[] bytes = new byte[RECOVERY_BYTES];
        random.nextBytes(bytes);
        return SecretValue.of(Base32.of(bytes).toLowerCase(Locale.ROOT));
    }

    private static Enrolment enrolment(String user, SecretValue secret) {
        String text = secret.expose(Base32::of);
        String name = URLEncoder.encode(user, StandardCharsets.UTF_8);
        return new Enrolment(
                SecretValue.of(text),
                SecretValue.of("otpauth://totp/Lockstep:" + name + "?secret=" + text + "&issuer=Lockstep"));
    }

    /** As it was meant: authenticators show codes in groups. */
    private static String text(SecretValue code) {
        return Passwords.text(code).replaceAll("[\\s-]", "").toLowerCase(Locale.ROOT);
    }

    private static String owner(String user) {
        return "second-factor:" + user;
    }

    private static InvalidInput wrong() {
        return new InvalidInput("code", "the code is wrong, was used before, or there were too many wrong ones");
    }

    private void tell(String actor, String action, String user, Map<String, String> details) {
        trail.append(new AuditEvent(actor, action, AuditEvent.Phase.FACT, user, null, details));
    }
}
