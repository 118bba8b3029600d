package dev.lockstep.web;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.Incident;
import dev.lockstep.domain.LeakReport;
import dev.lockstep.domain.SecretValue;
import dev.lockstep.domain.Signal;
import dev.lockstep.port.Signals;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.security.Principal;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Where automation reports leaks. */
@RestController
@Tag(name = "Signals", description = "Reports of leaks. Needs the role security or operator.")
@ProblemResponses
class SignalsApi {

    private final Signals signals;
    private final IncidentViews views;

    SignalsApi(Signals signals, IncidentViews views) {
        this.signals = signals;
        this.views = views;
    }

    /** Reports a leak or a suspicion. */
    record SignalRequest(
            @Schema(
                    description = "the sender's own number of the report: sent again, it is the same report",
                    maxLength = Inputs.LONGEST_ID,
                    example = "scan-2026-05-04/17")
            @Nullable
            String deliveryId,

            @Schema(description = "human or scanner", defaultValue = "human") @Nullable
            String source,

            @Schema(description = "leak, suspicion or anomaly", defaultValue = "leak") @Nullable
            String kind,

            @Schema(description = "confirmed, likely or possible", defaultValue = "confirmed") @Nullable
            String confidence,

            @Schema(description = "who can see it: public, internal or unknown", defaultValue = "unknown") @Nullable
            String exposure,

            @Schema(description = "where it was seen", example = "https://example.org/repository/file#L10") @Nullable
            String location,

            @Schema(
                    description = "the credential that leaked; may be left out when the value is given",
                    example = "prod/shop/postgres/orders-app")
            @Nullable
            String credential,

            @Schema(
                    type = "string",
                    format = "password",
                    accessMode = Schema.AccessMode.WRITE_ONLY,
                    description = "the leaked value; only its keyed fingerprint is kept")
            @JsonDeserialize(using = SecretReader.class)
            @Nullable
            SecretValue leaked,

            @Schema(
                    description = "for the record; no secret",
                    requiredMode = Schema.RequiredMode.REQUIRED,
                    maxLength = Inputs.LONGEST_REASON,
                    example = "seen in a public gist")
            @Nullable
            String note) {}

    @PostMapping(
            path = "/api/v1/signals",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            summary = "Report a leak",
            description = "Answers as soon as the incident is durable; `Location` leads to it. The emergency process"
                    + " begins at once and decides by the triage table.")
    @ApiResponse(responseCode = "202", description = "Belongs to this incident")
    ResponseEntity<IncidentView> report(@RequestBody SignalRequest request, Principal user) {
        try (SecretValue leaked = request.leaked()) {
            String named = Inputs.text("credential", request.credential());
            Incident incident = signals.report(new LeakReport(
                    Inputs.choice("source", request.source(), Signal.Source.HUMAN, Inputs.REPORTERS),
                    Inputs.id("deliveryId", request.deliveryId()),
                    Inputs.choice("kind", request.kind(), Signal.Kind.LEAK, Signal.Kind.values()),
                    Inputs.choice(
                            "confidence",
                            request.confidence(),
                            Signal.Confidence.CONFIRMED,
                            Signal.Confidence.values()),
                    Inputs.choice("exposure", request.exposure(), Signal.Exposure.UNKNOWN, Signal.Exposure.values()),
                    Inputs.location(request.location()),
                    named == null ? null : CredentialName.of(named),
                    leaked,
                    user.getName(),
                    Inputs.note(request.note())));
            return ResponseEntity.accepted()
                    .location(URI.create("/api/v1/incidents/" + incident.label()))
                    .body(views.one(incident));
        }
    }
}
