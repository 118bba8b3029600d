package dev.lockstep.web;

import dev.lockstep.domain.Identity;
import dev.lockstep.domain.InvalidInput;
import dev.lockstep.domain.SecretValue;
import dev.lockstep.port.Identities;
import dev.lockstep.port.MachineLogins;
import dev.lockstep.port.ReaderTokens;
import dev.lockstep.port.SecretIds;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.boot.test.context.TestComponent;

/** Knows one program, {@code shop-web}, and keeps what it is given. */
@TestComponent
class PaperMachineLogins implements MachineLogins, Identities {

    private static final Identity WEB = new Identity(
            "shop-web",
            "web",
            new Identity.AppRole(Duration.ofDays(90)),
            new Identity.Reads(List.of("test/*/*/*"), Map.of()),
            new Identity.Tokens(Duration.ofHours(1), Duration.ofDays(1), List.of()),
            Map.of());

    private final List<SecretIds.SecretId> issued = new CopyOnWriteArrayList<>();
    private final List<ReaderTokens.Token> tokens = new CopyOnWriteArrayList<>();

    /** The program logs in once more, in a copy of its own. */
    void logIn(String accessor, String instance) {
        Instant now = Instant.now();
        tokens.add(new ReaderTokens.Token(
                accessor,
                null,
                null,
                WEB.name(),
                "approle",
                instance,
                now,
                now.plusSeconds(3600),
                now.plusSeconds(86400)));
    }

    @Override
    public Optional<Identity> identity(String name) {
        return Optional.of(WEB).filter(known -> known.name().equals(name));
    }

    @Override
    public Collection<Identity> identities() {
        return List.of(WEB);
    }

    @Override
    public Issued issue(String identity, Optional<Duration> life, String by) {
        if (life.filter(asked -> asked.compareTo(Duration.ofDays(400)) > 0).isPresent()) {
            throw new InvalidInput("life", "a secret_id is valid for 10 seconds to 400 days");
        }
        SecretIds.SecretId made = new SecretIds.SecretId(
                "acc-" + issued.size(),
                identity,
                by,
                Instant.EPOCH,
                Instant.EPOCH.plus(life.orElse(Duration.ZERO)),
                null);
        issued.add(made);
        return new Issued(SecretValue.of("lki.shown-once"), made);
    }

    @Override
    public List<SecretIds.SecretId> secretIds(String identity) {
        return List.copyOf(issued);
    }

    @Override
    public List<ReaderTokens.Token> tokens(String identity) {
        return List.copyOf(tokens);
    }

    @Override
    public boolean revokeSecretId(String identity, String accessor, String by) {
        return issued.removeIf(secret -> secret.accessor().equals(accessor));
    }

    @Override
    public boolean revokeToken(String identity, String accessor, String by) {
        return tokens.removeIf(token -> token.accessor().equals(accessor));
    }

    @Override
    public int revokeTokens(String identity, String by) {
        return 0;
    }
}
