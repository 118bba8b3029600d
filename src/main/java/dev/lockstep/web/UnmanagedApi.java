package dev.lockstep.web;

import dev.lockstep.port.Sightings;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.security.Principal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Accounts at targets that no credential has. */
@RestController
@RequestMapping(path = "/api/v1/unmanaged-accounts", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Unmanaged accounts", description = "Found at targets by reconciling. Changes need the role operator.")
@ProblemResponses
class UnmanagedApi {

    private final UnmanagedAccounts accounts;
    private final Adoption adoption;
    private final Adoptions adoptions;

    UnmanagedApi(UnmanagedAccounts accounts, Adoption adoption, Adoptions adoptions) {
        this.accounts = accounts;
        this.adoption = adoption;
        this.adoptions = adoptions;
    }

    /** Names an account. */
    record Account(
            @Schema(example = "orders-db") @Nullable String target,
            @Schema(example = "backup") @Nullable String principal) {}

    /** Says that an account is meant to be as it is. */
    record IgnoreRequest(
            @Schema(example = "orders-db") @Nullable String target,
            @Schema(example = "backup") @Nullable String principal,

            @Schema(description = "for the record; no secret", example = "belongs to the backup program") @Nullable
            String reason) {}

    /** Asks for the definition by which an account becomes a credential. */
    record AdoptRequest(
            @Schema(example = "orders-db") @Nullable String target,
            @Schema(example = "orders_app") @Nullable String principal,

            @Schema(description = "env/team/system/what", example = "prod/shop/postgres/orders-app") @Nullable
            String name,

            @Schema(example = "shop-team") @Nullable String owner,
            @Schema(example = "embedded") @Nullable String store,
            @Schema(example = "monthly-in-place") @Nullable String policy,

            @Schema(description = "database-user when left out") @Nullable
            String kind,

            @Schema(
                    description =
                            "reference to the value in use, which is then adopted without being rotated; never the"
                                    + " value itself",
                    example = "${env:ORDERS_APP_PASSWORD}")
            @Nullable
            String initial) {}

    /** Asks for the definitions by which several accounts become credentials. */
    record AdoptAllRequest(
            @Nullable List<Account> accounts,

            @Schema(
                    description = "the names, with {principal} and {target} for those of each account",
                    example = "prod/shop/{target}/{principal}")
            @Nullable
            String name,

            @Schema(example = "shop-team") @Nullable String owner,
            @Schema(example = "embedded") @Nullable String store,
            @Schema(example = "monthly-in-place") @Nullable String policy,

            @Schema(description = "database-user when left out") @Nullable
            String kind,

            @Schema(
                    description = "references to the values in use, with {principal} for each account",
                    example = "${file:/run/secrets/{principal}}")
            @Nullable
            String initial) {}

    /** A definition to be put into the configuration. */
    @Schema(name = "AdoptionDefinition")
    record Definition(@Schema(description = "YAML") String definition) {}

    @GetMapping
    @Operation(
            summary = "List accounts that nobody manages",
            description = "Those that nobody has decided about first.")
    List<UnmanagedView> list() {
        return accounts.list().stream().map(UnmanagedView::of).toList();
    }

    @PostMapping(path = "/ignore", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "Say that an account is meant to be as it is", description = "It is listed, but not counted.")
    @MayBeUnknown
    UnmanagedView ignore(@RequestBody IgnoreRequest request, Principal user) {
        Sightings.Sighting account = accounts.known(request.target(), request.principal());
        accounts.ignore(account, user.getName(), Inputs.reason(request.reason()));
        return UnmanagedView.of(accounts.known(request.target(), request.principal()));
    }

    @PostMapping(path = "/heed", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "Take back that an account is meant to be as it is", description = "It counts again.")
    @MayBeUnknown
    UnmanagedView heed(@RequestBody Account request, Principal user) {
        accounts.heed(accounts.known(request.target(), request.principal()), user.getName());
        return UnmanagedView.of(accounts.known(request.target(), request.principal()));
    }

    @PostMapping(path = "/adopt", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            summary = "Write the definition by which an account becomes a credential",
            description = "Changes nothing: put the definition into the configuration.")
    @MayBeUnknown
    Definition adopt(@RequestBody AdoptRequest request) {
        Sightings.Sighting account = accounts.known(request.target(), request.principal());
        return new Definition(adoption.definition(
                account,
                new Adoption.Wish(
                        request.name(),
                        request.owner(),
                        request.store(),
                        request.policy(),
                        request.kind(),
                        request.initial())));
    }

    @PostMapping(path = "/adopt-all", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            summary = "Write the definitions by which several accounts become credentials",
            description = "All or none. Changes nothing: put the definitions into the configuration.")
    @MayBeUnknown
    Definition adoptAll(@RequestBody AdoptAllRequest request) {
        List<Account> wanted = request.accounts() == null ? List.of() : request.accounts();
        List<Sightings.Sighting> chosen = wanted.stream()
                .map(account -> accounts.known(account.target(), account.principal()))
                .toList();
        return new Definition(adoptions.definitions(
                chosen,
                new Adoption.Wish(
                        request.name(),
                        request.owner(),
                        request.store(),
                        request.policy(),
                        request.kind(),
                        request.initial())));
    }
}
