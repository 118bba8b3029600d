package dev.lockstep.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lockstep.domain.Area;
import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.InvalidInput;
import dev.lockstep.port.Evidence;
import dev.lockstep.port.Inventory;
import dev.lockstep.port.Permits;
import io.swagger.v3.oas.annotations.Hidden;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Evidence for auditors, as signed JSON Lines and as a page of the same. */
@Controller
@Tag(name = "Audit")
@ProblemResponses
class EvidenceApi {

    private static final int MOST_ON_A_PAGE = 8 * 1024 * 1024;

    private final Evidence evidence;
    private final Inventory inventory;
    private final Permits permits;
    private final ObjectMapper json;
    private final Clock clock;

    EvidenceApi(Evidence evidence, Inventory inventory, Permits permits, ObjectMapper json, Clock clock) {
        this.permits = permits;
        this.evidence = evidence;
        this.inventory = inventory;
        this.json = json;
        this.clock = clock;
    }

    @GetMapping(path = "/api/v1/audit/evidence", produces = MediaType.APPLICATION_NDJSON_VALUE)
    @Operation(
            summary = "Export evidence",
            description =
                    "Of one credential, for one control, or both, as signed JSON Lines: a header, facts about credentials,"
                            + " sealed audit entries, and a signature. `docs/audit-verify.py` verifies it offline.")
    @ApiResponse(responseCode = "200", description = "The evidence")
    void export(
            @Parameter(description = "a credential's name") @RequestParam(required = false) @Nullable String credential,
            @Parameter(description = "pci-dss-8.6.3, soc2-cc6.1, iso-27001-a.5.17 or nist-sp-800-57")
                    @RequestParam(required = false)
                    @Nullable
                    String control,
            @Parameter(description = "first day, for example 2026-01-01") @RequestParam(required = false) @Nullable
                    String from,
            @Parameter(description = "last day") @RequestParam(required = false) @Nullable String to,
            HttpServletResponse response)
            throws IOException {
        Evidence.Request request = request(credential, control, from, to);
        response.setContentType(MediaType.APPLICATION_NDJSON_VALUE);
        response.setHeader("Content-Disposition", "attachment; filename=\"evidence.jsonl\"");
        evidence.write(request, response.getOutputStream());
    }

    @GetMapping("/api/v1/audit/evidence.html")
    @Hidden
    String page(
            @RequestParam(required = false) @Nullable String credential,
            @RequestParam(required = false) @Nullable String control,
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String to,
            Model model)
            throws IOException {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        evidence.write(request(credential, control, from, to), new Bounded(lines, MOST_ON_A_PAGE));
        List<JsonNode> credentials = new ArrayList<>();
        List<JsonNode> entries = new ArrayList<>();
        for (String line : lines.toString(StandardCharsets.UTF_8).split("\n", -1)) {
            if (line.isEmpty()) {
                continue;
            }
            JsonNode node = json.readTree(line);
            switch (node.path("type").asText()) {
                case "credential" -> credentials.add(node);
                case "entry" -> entries.add(node);
                default -> model.addAttribute(node.path("type").asText(), node);
            }
        }
        model.addAttribute("credentials", credentials);
        model.addAttribute("entries", entries);
        return "evidence";
    }

    private Evidence.Request request(
            @Nullable String credential, @Nullable String control, @Nullable String from, @Nullable String to) {
        String named = Inputs.text("credential", credential);
        String wanted = Inputs.text("control", control);
        if (named == null && wanted == null) {
            throw new InvalidInput("credential", "say which credential, or which control");
        }
        CredentialName name = named == null ? null : CredentialName.of(named);
        permits.audit(name == null ? Area.EVERYTHING : Area.of(name));
        if (name != null && inventory.find(name).isEmpty()) {
            throw new NotFound("There is no credential " + name + ".");
        }
        Instant begin = day("from", from, Instant.EPOCH);
        Instant end = to == null || to.isBlank()
                ? clock.instant()
                : day("to", to, Instant.EPOCH).plusSeconds(24 * 60 * 60);
        return new Evidence.Request(name, wanted == null ? null : control(wanted), begin, end);
    }

    private static Evidence.Control control(String label) {
        return Evidence.Control.of(label)
                .orElseThrow(() -> new InvalidInput(
                        "control",
                        "a control is one of "
                                + Arrays.stream(Evidence.Control.values())
                                        .map(Evidence.Control::label)
                                        .collect(Collectors.joining(", "))));
    }

    private static Instant day(String field, @Nullable String text, Instant otherwise) {
        if (text == null || text.isBlank()) {
            return otherwise;
        }
        try {
            return LocalDate.parse(text.strip()).atStartOfDay(ZoneOffset.UTC).toInstant();
        } catch (DateTimeException malformed) {
            throw new InvalidInput(field, field + " is a day like 2026-01-31");
        }
    }
}
