package dev.lockstep.web;

import dev.lockstep.domain.Drill;
import dev.lockstep.domain.Operation;
import dev.lockstep.domain.Version;
import dev.lockstep.port.Catalog;
import dev.lockstep.port.Consumers;
import dev.lockstep.port.Escalations;
import dev.lockstep.port.Operations;
import dev.lockstep.port.PolicyExplanations;
import dev.lockstep.port.Readings;
import dev.lockstep.port.Versions;
import io.swagger.v3.oas.annotations.Hidden;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** The page of one credential: versions, consumers, and its operations with their attempts. */
@Controller
@Hidden
class CredentialPage {

    private static final int OPERATIONS = 20;

    private final CredentialRows rows;
    private final Versions versions;
    private final Consumers consumers;
    private final Operations operations;
    private final OperationViews views;
    private final Catalog catalog;
    private final PolicyExplanations explanations;
    private final Readings readings;

    CredentialPage(
            CredentialRows rows,
            Versions versions,
            Consumers consumers,
            Operations operations,
            OperationViews views,
            Catalog catalog,
            PolicyExplanations explanations,
            Readings readings) {
        this.rows = rows;
        this.explanations = explanations;
        this.readings = readings;
        this.catalog = catalog;
        this.versions = versions;
        this.consumers = consumers;
        this.operations = operations;
        this.views = views;
    }

    /** A version on the page. */
    record VersionLine(
            VersionView view,
            @Nullable Moment created,
            @Nullable Moment changed) {

        static VersionLine of(Version version, Instant now) {
            return new VersionLine(
                    VersionView.of(version), Moment.of(version.createdAt(), now), Moment.of(version.changedAt(), now));
        }
    }

    /** A consumer on the page. */
    record ConsumerLine(
            String name,
            @Nullable Integer version,
            @Nullable Moment seen) {}

    /** A read on the page that somebody should look at. */
    record OddRead(
            String identity,
            int version,
            boolean unregistered,
            long times,
            @Nullable Moment last) {

        static OddRead of(Readings.Finding finding, Instant now) {
            return new OddRead(
                    finding.oddity().identity(),
                    finding.oddity().ref().version(),
                    finding.oddity().kind() == Readings.Oddity.Kind.UNREGISTERED_READER,
                    finding.times(),
                    Moment.of(finding.lastAt(), now));
        }
    }

    @GetMapping("/credentials/{environment}/{team}/{system}/{what}")
    String show(
            @PathVariable String environment,
            @PathVariable String team,
            @PathVariable String system,
            @PathVariable String what,
            Model model) {
        CredentialRow row = rows.one(Inputs.name(environment, team, system, what));
        Instant now = row.now();
        Integer current = versions.current(row.name())
                .map(version -> version.ref().version())
                .orElse(null);
        model.addAttribute("line", CredentialLine.of(row, current));
        model.addAttribute("configured", CredentialDetails.Configured.of(row.credential()));
        model.addAttribute("sandbox", row.credential() != null && Drill.allows(row.credential()));
        model.addAttribute("policy", row.policy());
        model.addAttribute(
                "explained",
                explanations.explain(row.name()).map(PolicyLines::of).orElse(null));
        model.addAttribute("grace", grace(row));
        model.addAttribute("rotateBy", Moment.of(row.rotateBy(), now));
        model.addAttribute("expires", Moment.of(row.expiresAt(), now));
        model.addAttribute("status", Labels.text(row.status()));
        model.addAttribute("issued", row.credential() != null && !catalog.configured(row.name()));
        model.addAttribute("rotated", Moment.of(row.lastRotatedAt(), now));
        model.addAttribute("task", task(row.task(), now));
        model.addAttribute("active", row.active() == null ? null : line(row.active(), now));
        model.addAttribute(
                "versions",
                versions.list(row.name()).stream()
                        .map(version -> VersionLine.of(version, now))
                        .toList());
        model.addAttribute("consumers", consumers(row, now));
        model.addAttribute(
                "oddReads",
                readings.findings(row.name()).stream()
                        .map(finding -> OddRead.of(finding, now))
                        .toList());
        model.addAttribute(
                "operations",
                operations.history(row.name(), OPERATIONS).stream()
                        .map(operation -> line(operation, now))
                        .toList());
        return "credential";
    }

    private List<ConsumerLine> consumers(CredentialRow row, Instant now) {
        return consumers.of(row.name()).stream()
                .map(seen -> new ConsumerLine(seen.consumer(), seen.version(), Moment.of(seen.at(), now)))
                .toList();
    }

    private OperationLine line(Operation operation, Instant now) {
        return OperationLine.of(operation, views.withAttempts(operation), now);
    }

    private static @Nullable TaskLine task(Escalations.@Nullable Task task, Instant now) {
        return task == null ? null : TaskLine.of(task, now);
    }

    private static @Nullable String grace(CredentialRow row) {
        if (row.credential() == null) {
            return null;
        }
        Duration atMost = row.credential().policy().grace().atMost();
        return atMost.isZero() ? "none" : Moments.length(atMost);
    }
}
