package dev.lockstep.web;

import dev.lockstep.domain.Endpoint;
import dev.lockstep.domain.Policy;
import dev.lockstep.domain.Strategy;
import dev.lockstep.port.Catalog;
import dev.lockstep.port.Sightings;
import io.swagger.v3.oas.annotations.Hidden;
import java.security.Principal;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The pages of accounts that nobody manages: all of them, and what can be done about one. */
@Controller
@Hidden
@RequestMapping("/unmanaged-accounts")
class UnmanagedPages {

    private final UnmanagedAccounts accounts;
    private final Adoption adoption;
    private final Adoptions adoptions;
    private final Catalog catalog;
    private final Clock clock;

    UnmanagedPages(UnmanagedAccounts accounts, Adoption adoption, Adoptions adoptions, Catalog catalog, Clock clock) {
        this.accounts = accounts;
        this.adoption = adoption;
        this.adoptions = adoptions;
        this.catalog = catalog;
        this.clock = clock;
    }

    /** An account on a page. */
    record Line(
            String target,
            String principal,
            @Nullable Moment first,
            @Nullable Moment last,
            @Nullable Moment login,
            boolean ignored,
            @Nullable String by,
            @Nullable String reason) {

        static Line of(Sightings.Sighting account, Instant now) {
            return new Line(
                    account.target(),
                    account.principal(),
                    Moment.of(account.firstSeen(), now),
                    Moment.of(account.lastSeen(), now),
                    Moment.of(account.lastLogin(), now),
                    account.ignoredAt() != null,
                    account.ignoredBy(),
                    account.reason());
        }
    }

    @GetMapping
    String list(Model model) {
        Instant now = clock.instant();
        model.addAttribute(
                "accounts",
                accounts.list().stream().map(account -> Line.of(account, now)).toList());
        addChoices(model);
        return "unmanaged";
    }

    /** An account is chosen by target and principal in one value, of which the first has no space. */
    @PostMapping("/adopt-all")
    String adoptAll(@RequestParam(required = false) @Nullable List<String> account, Adoption.Wish wish, Model model) {
        List<Sightings.Sighting> chosen = (account == null ? List.<String>of() : account)
                .stream()
                        .map(each -> each.split(" ", 2))
                        .map(parts -> accounts.known(parts[0], parts.length == 2 ? parts[1] : null))
                        .toList();
        model.addAttribute("definition", adoptions.definitions(chosen, wish));
        return list(model);
    }

    @GetMapping("/one")
    String one(
            @RequestParam(required = false) @Nullable String target,
            @RequestParam(required = false) @Nullable String principal,
            Model model) {
        return show(accounts.known(target, principal), model);
    }

    private String show(Sightings.Sighting account, Model model) {
        model.addAttribute("account", Line.of(account, clock.instant()));
        addChoices(model);
        return "unmanaged-account";
    }

    private void addChoices(Model model) {
        model.addAttribute(
                "policies",
                catalog.policies().stream()
                        .filter(policy -> policy.strategy() != Strategy.ALTERNATING)
                        .map(Policy::name)
                        .toList());
        model.addAttribute(
                "stores", catalog.stores().stream().map(Endpoint::name).toList());
    }

    @PostMapping("/ignore")
    String ignore(
            @RequestParam(required = false) @Nullable String target,
            @RequestParam(required = false) @Nullable String principal,
            @RequestParam(required = false) @Nullable String reason,
            Principal user) {
        accounts.ignore(accounts.known(target, principal), user.getName(), Inputs.reason(reason));
        return "redirect:/unmanaged-accounts";
    }

    @PostMapping("/heed")
    String heed(
            @RequestParam(required = false) @Nullable String target,
            @RequestParam(required = false) @Nullable String principal,
            Principal user) {
        accounts.heed(accounts.known(target, principal), user.getName());
        return "redirect:/unmanaged-accounts";
    }

    @PostMapping("/adopt")
    String adopt(
            @RequestParam(required = false) @Nullable String target,
            @RequestParam(required = false) @Nullable String principal,
            Adoption.Wish wish,
            Model model) {
        Sightings.Sighting account = accounts.known(target, principal);
        model.addAttribute("definition", adoption.definition(account, wish));
        return show(account, model);
    }
}
