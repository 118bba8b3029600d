package dev.lockstep.web;

import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.Version;
import dev.lockstep.port.Consumers;
import dev.lockstep.port.Operations;
import dev.lockstep.port.Versions;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What automation can read about credentials. */
@RestController
@RequestMapping(path = "/api/v1/credentials", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Credentials", description = "The inventory. No answer ever holds a secret or its fingerprint.")
@ProblemResponses
class CredentialsApi {

    private static final int MOST_HISTORY = 500;

    private final CredentialRows rows;
    private final Versions versions;
    private final Consumers consumers;
    private final Operations operations;
    private final OperationViews views;
    private final CheckFacts facts;

    CredentialsApi(
            CredentialRows rows,
            Versions versions,
            Consumers consumers,
            Operations operations,
            OperationViews views,
            CheckFacts facts) {
        this.rows = rows;
        this.versions = versions;
        this.consumers = consumers;
        this.operations = operations;
        this.views = views;
        this.facts = facts;
    }

    @GetMapping
    @Operation(summary = "List credentials", description = "Filters narrow each other. Pages count from 0.")
    Page<CredentialView> list(
            @Parameter(description = "first segment of the name", example = "prod")
                    @RequestParam(required = false)
                    @Nullable
                    String environment,
            @Parameter(description = "second segment of the name", example = "shop")
                    @RequestParam(required = false)
                    @Nullable
                    String team,
            @Parameter(description = "requested, active, disabled, contained, decommissioned or unmanaged")
                    @RequestParam(required = false)
                    @Nullable
                    String status,
            @Parameter(
                            description =
                                    "quarantined, waiting, contained, disabled, running, overdue, failed, unmanaged, requested,"
                                            + " decommissioned or ok")
                    @RequestParam(required = false)
                    @Nullable
                    String state,
            @Parameter(description = "text in name, owner, target, strategy or policy")
                    @RequestParam(required = false)
                    @Nullable
                    String q,
            @Parameter(
                            description = "name, owner, target, strategy, nextRotationAt, lastRotatedAt, lastOutcome,"
                                    + " status or state; with a leading - in reverse",
                            example = "-nextRotationAt")
                    @RequestParam(required = false)
                    @Nullable
                    String sort,
            @RequestParam(defaultValue = "0") int page,
            @Parameter(description = "1 to 500") @RequestParam(defaultValue = "50") int size) {
        CredentialQuery query = new CredentialQuery(environment, team, status, state, q);
        Page<CredentialRow> part = Page.of(query.apply(rows.all(), CredentialOrder.of(sort)), page, size);
        return part.map(row -> CredentialView.of(row, currentVersion(row.name())));
    }

    @GetMapping("/{environment}/{team}/{system}/{what}")
    @Operation(
            summary = "Show a credential",
            description = "Configuration, inventory, current version, consumers, the operation that is under way,"
                    + " the last comparison with the target and open incidents.")
    @MayBeUnknown
    CredentialDetails one(
            @PathVariable String environment,
            @PathVariable String team,
            @PathVariable String system,
            @PathVariable String what) {
        CredentialRow row = rows.one(Inputs.name(environment, team, system, what));
        return new CredentialDetails(
                CredentialView.of(row, currentVersion(row.name())),
                CredentialDetails.Configured.of(row.credential()),
                versions.current(row.name()).map(VersionView::of).orElse(null),
                consumers.of(row.name()).stream()
                        .map(CredentialDetails.ConsumerView::of)
                        .toList(),
                row.active() == null ? null : views.withoutAttempts(row.active()),
                facts.lastCheck(row.name()),
                facts.openIncidents(row.name()));
    }

    @GetMapping("/{environment}/{team}/{system}/{what}/versions")
    @Operation(summary = "List a credential's versions", description = "Newest first; never their values.")
    @MayBeUnknown
    List<VersionView> versions(
            @PathVariable String environment,
            @PathVariable String team,
            @PathVariable String system,
            @PathVariable String what) {
        CredentialRow row = rows.one(Inputs.name(environment, team, system, what));
        return versions.list(row.name()).stream().map(VersionView::of).toList();
    }

    @GetMapping("/{environment}/{team}/{system}/{what}/operations")
    @Operation(summary = "List a credential's operations", description = "Newest first.")
    @MayBeUnknown
    List<OperationView> operations(
            @PathVariable String environment,
            @PathVariable String team,
            @PathVariable String system,
            @PathVariable String what,
            @Parameter(description = "1 to 500") @RequestParam(defaultValue = "50") int limit) {
        Inputs.between("limit", limit, 1, MOST_HISTORY);
        CredentialRow row = rows.one(Inputs.name(environment, team, system, what));
        return operations.history(row.name(), limit).stream()
                .map(views::withoutAttempts)
                .toList();
    }

    private @Nullable Integer currentVersion(CredentialName name) {
        return versions.current(name)
                .map(Version::ref)
                .map(ref -> ref.version())
                .orElse(null);
    }
}
