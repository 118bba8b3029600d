package dev.lockstep.web;

import dev.lockstep.domain.InvalidInput;
import dev.lockstep.domain.Signal;
import dev.lockstep.port.ScanReports;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.security.Principal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Where reports of secret scanners are uploaded. */
@RestController
@Tag(name = "Signals")
@ProblemResponses
class ScanReportsApi {

    private final ScanReports reports;

    ScanReportsApi(ScanReports reports) {
        this.reports = reports;
    }

    /** Findings of one rule at one place. */
    record LineView(
            String rule,

            @Schema(description = "file and line, or what else the scanner tells")
            String place,

            @Schema(description = "whether the value is or was one of a credential of ours")
            boolean ours,

            List<String> credentials,
            @Nullable String incident,
            long times) {

        static LineView of(ScanReports.Line line) {
            return new LineView(
                    line.rule(),
                    line.place(),
                    line.incident() != null,
                    line.credentials().stream().map(Object::toString).toList(),
                    line.incident(),
                    line.times());
        }
    }

    /** What a report came to. */
    record ScanView(
            long findings,
            long matched,
            long unknown,
            List<String> incidents,
            List<LineView> lines,

            @Schema(description = "findings that are counted, but stand in no line")
            long unlisted) {

        static ScanView of(ScanReports.Result result) {
            return new ScanView(
                    result.findings(),
                    result.matched(),
                    result.findings() - result.matched(),
                    result.incidents(),
                    result.lines().stream().map(LineView::of).toList(),
                    result.unlisted());
        }
    }

    @PostMapping(
            path = "/api/v1/signals/reports",
            consumes = {
                MediaType.APPLICATION_JSON_VALUE,
                MediaType.APPLICATION_NDJSON_VALUE,
                MediaType.APPLICATION_OCTET_STREAM_VALUE
            },
            produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            summary = "Import the report of a secret scanner",
            description =
                    "Each credential whose value is in the report gets one incident, whatever the number of findings."
                            + " The report is the body, at most 256 MiB; it is not kept, and no value of it is shown.")
    @ApiResponse(responseCode = "200", description = "What is ours and what is not, by rule and place")
    ScanView take(
            @Parameter(description = "gitleaks or trufflehog") @RequestParam(required = false) @Nullable String format,
            @Parameter(description = "who can see what was scanned: public, internal or unknown")
                    @RequestParam(required = false)
                    @Nullable
                    String exposure,
            HttpServletRequest request,
            Principal user)
            throws IOException {
        return ScanView.of(reports.take(format(format), exposure(exposure), user.getName(), request.getInputStream()));
    }

    static String format(@Nullable String format) {
        return format == null ? "" : format;
    }

    /** What follows depends on it, so it is not guessed. */
    static Signal.Exposure exposure(@Nullable String exposure) {
        if (exposure == null || exposure.isBlank()) {
            throw new InvalidInput(
                    "exposure",
                    "say who can see what was scanned: public, internal or unknown; what follows depends on it");
        }
        return Inputs.choice("exposure", exposure, Signal.Exposure.UNKNOWN, Signal.Exposure.values());
    }
}
