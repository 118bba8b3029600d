package dev.lockstep.web;

import dev.lockstep.domain.SignalSource;
import dev.lockstep.port.ReportDesk;
import dev.lockstep.port.SignalSources;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirements;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Where vendors and scanners report leaks by themselves. */
@RestController
@Tag(name = "Signals")
@ProblemResponses
class HooksApi {

    private final SignalSources sources;
    private final ReportDesk desk;

    HooksApi(SignalSources sources, ReportDesk desk) {
        this.sources = sources;
        this.desk = desk;
    }

    /** What a source that wants feedback is told about one finding. */
    record FeedbackView(
            @Schema(description = "SHA-256 of the reported value in lower-case hex")
            String token_hash,

            @Schema(description = "as the source calls this sort of secret")
            String token_type,

            @Schema(description = "true_positive or false_positive", example = "true_positive")
            String label) {

        static FeedbackView of(ReportDesk.Feedback feedback) {
            return new FeedbackView(
                    feedback.hash(), feedback.type(), feedback.genuine() ? "true_positive" : "false_positive");
        }
    }

    @PostMapping(
            path = "/api/v1/hooks/{source}",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    @SecurityRequirements
    @Operation(
            summary = "Deliver a report of a leak",
            description =
                    "For sources that are configured as `SignalSource`. There is no login: the signature of the source"
                            + " counts, over the body as it comes. The answer is the same whether a reported value is known or not,"
                            + " unless the source asks for feedback. The same delivery again changes nothing.")
    @ApiResponse(responseCode = "200", description = "Taken; feedback about each finding where the source asks for it")
    @ApiResponse(responseCode = "401", description = "The signature is missing, wrong, or more than five minutes old")
    @MayBeUnknown
    List<FeedbackView> deliver(@PathVariable String source, @RequestBody byte[] body, HttpServletRequest request) {
        SignalSource known = sources.find(source)
                .orElseThrow(() -> new NotFound("there is no source of this name; configure one of kind SignalSource"));
        return desk.take(known, headers(request), body).stream()
                .map(FeedbackView::of)
                .toList();
    }

    private static Map<String, String> headers(HttpServletRequest request) {
        Map<String, String> headers = new HashMap<>();
        Collections.list(request.getHeaderNames())
                .forEach(name -> headers.putIfAbsent(name.toLowerCase(Locale.ROOT), request.getHeader(name)));
        return headers;
    }
}
