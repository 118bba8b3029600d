package dev.lockstep.web;

import dev.lockstep.domain.Identity;
import dev.lockstep.port.Consumers;
import dev.lockstep.port.Identities;
import dev.lockstep.port.MachineLogins;
import dev.lockstep.port.ReaderTokens;
import dev.lockstep.port.SecretIds;
import io.swagger.v3.oas.annotations.Hidden;
import java.security.Principal;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;

/** The pages of programs that read secrets: what each has read, and what it logs in with and holds. */
@Controller
@Hidden
@RequestMapping("/programs")
class ProgramPages {

    private static final int MOST_USES = 500;

    private final Identities identities;
    private final MachineLogins logins;
    private final Consumers consumers;
    private final Clock clock;

    ProgramPages(Identities identities, MachineLogins logins, Consumers consumers, Clock clock) {
        this.identities = identities;
        this.logins = logins;
        this.consumers = consumers;
        this.clock = clock;
    }

    /** A credential that the program is a consumer of, and the version that it has seen last. */
    record Use(
            String credential,
            @Nullable Integer version,
            @Nullable Moment seen) {

        static Use of(Consumers.Use use, Instant now) {
            return new Use(use.credential().value(), use.version(), Moment.of(use.at(), now));
        }
    }

    /** A token, without its value. */
    record Copy(
            String accessor,
            String instance,
            @Nullable Moment since,
            @Nullable Moment until) {

        static Copy of(ReaderTokens.Token token, Instant now) {
            return new Copy(
                    token.accessor(),
                    token.instance(),
                    Moment.of(token.issuedAt(), now),
                    Moment.of(token.expiresAt(), now));
        }
    }

    /** A secret_id, without its value. */
    record Key(
            String accessor,
            String issuedBy,
            @Nullable Moment issued,
            @Nullable Moment until,
            @Nullable Moment used) {

        static Key of(SecretIds.SecretId secret, Instant now) {
            return new Key(
                    secret.accessor(),
                    secret.issuedBy(),
                    Moment.of(secret.issuedAt(), now),
                    Moment.of(secret.expiresAt(), now),
                    Moment.of(secret.usedAt(), now));
        }
    }

    @GetMapping
    String list(Model model) {
        model.addAttribute(
                "programs",
                identities.identities().stream().map(IdentityView::of).toList());
        return "programs";
    }

    @GetMapping("/{name}")
    String one(@PathVariable String name, Model model) {
        Identity identity = known(name);
        Instant now = clock.instant();
        List<Use> uses = consumers.uses(identity.consumer(), MOST_USES + 1).stream()
                .map(use -> Use.of(use, now))
                .toList();
        model.addAttribute("program", IdentityView.of(identity));
        model.addAttribute("uses", uses.stream().limit(MOST_USES).toList());
        model.addAttribute("more", uses.size() > MOST_USES);
        model.addAttribute(
                "copies",
                logins.tokens(name).stream().map(token -> Copy.of(token, now)).toList());
        model.addAttribute(
                "keys",
                logins.secretIds(name).stream()
                        .map(secret -> Key.of(secret, now))
                        .toList());
        return "program";
    }

    @PostMapping("/{name}/secret-ids/{accessor}/revoke")
    String revokeSecretId(@PathVariable String name, @PathVariable String accessor, Principal user) {
        if (!logins.revokeSecretId(name, accessor, user.getName())) {
            throw new NotFound("There is no such secret_id; maybe it has ended.");
        }
        return "redirect:/programs/" + known(name).name();
    }

    @PostMapping("/{name}/tokens/{accessor}/revoke")
    String revokeToken(@PathVariable String name, @PathVariable String accessor, Principal user) {
        if (!logins.revokeToken(name, accessor, user.getName())) {
            throw new NotFound("There is no such token; maybe it has ended.");
        }
        return "redirect:/programs/" + known(name).name();
    }

    private Identity known(String name) {
        return identities
                .identity(name)
                .orElseThrow(() -> new NotFound("The configuration has no identity of that name."));
    }
}
