package dev.lockstep.web;

import dev.lockstep.domain.InvalidInput;
import dev.lockstep.port.InventoryFiles;
import dev.lockstep.port.Sight;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The inventory as a file, in and out. */
@RestController
@RequestMapping("/api/v1/inventory")
@Tag(name = "Inventory", description = "all credentials as CSV, JSON or YAML, in and out; never their values")
@ProblemResponses
class InventoryApi {

    /** So much about one file is enough to begin with. */
    private static final int MOST_ERRORS = 100;

    private final InventoryFiles files;
    private final Sight sight;

    InventoryApi(InventoryFiles files, Sight sight) {
        this.sight = sight;
        this.files = files;
    }

    /** What a file would become. */
    @Schema(name = "ImportedInventory")
    record ImportView(
            @Schema(description = "how many credentials the documents hold")
            int credentials,

            @Schema(description = "names that the configuration has already; they are left out")
            List<String> known,

            @Schema(description = "YAML for the configuration; missing in a dry run") @Nullable
            String documents) {}

    @PostMapping(
            path = "/import",
            consumes = {"text/csv", MediaType.APPLICATION_JSON_VALUE, "application/yaml"})
    @Operation(
            summary = "Turn a list of credentials into configuration documents",
            description =
                    "Checked like the configuration, together with it. Changes nothing and rotates nothing: put the documents"
                            + " into the configuration. Errors tell line, column and field of the file.")
    @ApiResponse(
            responseCode = "200",
            description = "the documents",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                            schema = @Schema(implementation = ImportView.class)))
    ResponseEntity<Object> draft(
            @RequestBody byte[] file,
            @Parameter(description = "only tell whether it is in order") @RequestParam(defaultValue = "false")
                    boolean dryRun,
            @RequestHeader(HttpHeaders.CONTENT_TYPE) String contentType) {
        String subtype = MediaType.parseMediaType(contentType).getSubtype();
        InventoryFiles.Draft draft = files.draft(format(subtype), file);
        if (!draft.problems().isEmpty()) {
            return refused(draft.problems());
        }
        return ResponseEntity.ok(new ImportView(draft.credentials(), draft.known(), dryRun ? null : draft.documents()));
    }

    private static ResponseEntity<Object> refused(List<InventoryFiles.Problem> problems) {
        InventoryFiles.Problem first = problems.get(0);
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(
                HttpStatus.BAD_REQUEST,
                "The file has " + problems.size() + (problems.size() == 1 ? " error" : " errors")
                        + ", the first in line " + first.line() + "; nothing of it was taken.");
        problem.setProperty("field", first.field().isEmpty() ? "body" : first.field());
        problem.setProperty("errors", problems.subList(0, Math.min(MOST_ERRORS, problems.size())));
        return ResponseEntity.badRequest()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(problem);
    }

    @GetMapping("/export")
    @Operation(
            summary = "Write the credentials into a file",
            description = "In the order of names, with all that the configuration says and how they stand, and never a"
                    + " value. Import reads it again.")
    @ApiResponse(responseCode = "200", description = "the file")
    void export(
            @Parameter(description = "csv, json or yaml") @RequestParam(defaultValue = "json") String format,
            HttpServletResponse response)
            throws IOException {
        InventoryFiles.Format wanted = format(format);
        String extension = wanted.name().toLowerCase(Locale.ROOT);
        response.setContentType(wanted == InventoryFiles.Format.CSV ? "text/csv" : "application/" + extension);
        response.setCharacterEncoding(StandardCharsets.UTF_8.name());
        response.setHeader(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=lockstep-inventory." + extension);
        try (Writer out = response.getWriter()) {
            files.export(wanted, sight.reading(), out);
        }
    }

    private static InventoryFiles.Format format(String text) {
        for (InventoryFiles.Format known : InventoryFiles.Format.values()) {
            if (known.name().toLowerCase(Locale.ROOT).equals(text)) {
                return known;
            }
        }
        throw new InvalidInput("format", "format is csv, json or yaml");
    }
}
