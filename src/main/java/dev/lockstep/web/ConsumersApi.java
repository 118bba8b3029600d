package dev.lockstep.web;

import dev.lockstep.domain.Conflict;
import dev.lockstep.domain.Consumer;
import dev.lockstep.domain.ConsumerProblem;
import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.InvalidInput;
import dev.lockstep.domain.SecretRef;
import dev.lockstep.port.ConsumerReports;
import dev.lockstep.port.Consumers;
import dev.lockstep.port.Versions;
import io.swagger.v3.oas.annotations.Hidden;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Consumers of a credential: who they are, and what they tell of its versions. */
@RestController
@RequestMapping("/api/v1/credentials/{environment}/{team}/{system}/{what}/consumers")
@Tag(name = "Consumers", description = "Changes need the role operator.")
@ProblemResponses
class ConsumersApi {

    private final CredentialRows rows;
    private final Consumers consumers;
    private final ConsumerReports reports;
    private final Versions versions;

    ConsumersApi(CredentialRows rows, Consumers consumers, ConsumerReports reports, Versions versions) {
        this.rows = rows;
        this.consumers = consumers;
        this.reports = reports;
        this.versions = versions;
    }

    /** Tells which version a consumer uses. */
    record Acknowledgement(
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED, minimum = "1", example = "4") @Nullable
            Integer version) {}

    /** Tells that a consumer cannot work with a version. */
    record Complaint(
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED, minimum = "1", example = "4") @Nullable
            Integer version,

            @Schema(
                    requiredMode = Schema.RequiredMode.REQUIRED,
                    allowableValues = {"authentication-failed", "permission-denied", "unusable"})
            @Nullable
            String problem) {}

    /** @param rollsBack whether the rotation goes back because of it */
    record ComplaintView(
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED)
            boolean rollsBack) {}

    /** By which labels the waves of a canary find the consumer. */
    record Registration(
            @Schema(example = "{\"ring\": \"early\"}") @Nullable
            Map<String, String> labels) {}

    @PutMapping(path = "/{consumer}", consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(
            summary = "Register a consumer",
            description = "For consumers that the configuration does not name; or changes the labels of one.")
    @ApiResponse(responseCode = "204", description = "Registered")
    @MayConflict
    void register(
            @PathVariable String environment,
            @PathVariable String team,
            @PathVariable String system,
            @PathVariable String what,
            @PathVariable String consumer,
            @RequestBody Registration request) {
        CredentialName name = credential(environment, team, system, what);
        Consumer wanted = new Consumer(Inputs.consumer(consumer), Inputs.labels(request.labels()));
        if (!consumers.enroll(name, wanted)) {
            throw named(consumer);
        }
    }

    @DeleteMapping("/{consumer}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Forget a registered consumer")
    @ApiResponse(responseCode = "204", description = "Forgotten")
    @MayConflict
    void forget(
            @PathVariable String environment,
            @PathVariable String team,
            @PathVariable String system,
            @PathVariable String what,
            @PathVariable String consumer) {
        CredentialName name = known(credential(environment, team, system, what), consumer);
        if (!consumers.dismiss(name, consumer)) {
            throw named(consumer);
        }
    }

    private static Conflict named(String consumer) {
        return new Conflict("the consumer " + consumer + " is named in the configuration; change it there");
    }

    @PutMapping(path = "/{consumer}/acknowledgement", consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(
            summary = "Tell that a consumer uses a version",
            description = "Ends the grace of the previous version when it was the last consumer. Can be repeated.")
    @ApiResponse(responseCode = "204", description = "Noted")
    @MayConflict
    void acknowledge(
            @PathVariable String environment,
            @PathVariable String team,
            @PathVariable String system,
            @PathVariable String what,
            @PathVariable String consumer,
            @RequestBody Acknowledgement request) {
        CredentialName name = known(credential(environment, team, system, what), consumer);
        reports.acknowledge(consumer, version(name, request.version()));
    }

    @PostMapping(
            path = "/{consumer}/complaints",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            summary = "Tell that a consumer cannot work with a version",
            description = "While the version is being tried out, and until its grace is over, the rotation goes back"
                    + " to the version before by itself.")
    @ApiResponse(responseCode = "200", description = "Noted")
    @MayConflict
    ComplaintView complain(
            @PathVariable String environment,
            @PathVariable String team,
            @PathVariable String system,
            @PathVariable String what,
            @PathVariable String consumer,
            @RequestBody Complaint request) {
        CredentialName name = known(credential(environment, team, system, what), consumer);
        String problem = request.problem() == null ? "" : request.problem();
        SecretRef ref = version(name, request.version());
        return new ComplaintView(reports.complain(consumer, ref, ConsumerProblem.of(problem)));
    }

    /** The names of consumers may hold a slash; the same routes for those. */
    @PutMapping(path = "/{first}/{second}/acknowledgement", consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Hidden
    void acknowledgeNested(
            @PathVariable String environment,
            @PathVariable String team,
            @PathVariable String system,
            @PathVariable String what,
            @PathVariable String first,
            @PathVariable String second,
            @RequestBody Acknowledgement request) {
        acknowledge(environment, team, system, what, first + '/' + second, request);
    }

    @PostMapping(path = "/{first}/{second}/complaints", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Hidden
    ComplaintView complainNested(
            @PathVariable String environment,
            @PathVariable String team,
            @PathVariable String system,
            @PathVariable String what,
            @PathVariable String first,
            @PathVariable String second,
            @RequestBody Complaint request) {
        return complain(environment, team, system, what, first + '/' + second, request);
    }

    private CredentialName credential(String environment, String team, String system, String what) {
        return rows.one(Inputs.name(environment, team, system, what)).name();
    }

    private CredentialName known(CredentialName name, String consumer) {
        if (consumers.of(name).stream().noneMatch(each -> each.consumer().equals(consumer))) {
            throw new NotFound("The credential " + name + " has no registered consumer of that name.");
        }
        return name;
    }

    private SecretRef version(CredentialName name, @Nullable Integer version) {
        if (version == null || version < 1) {
            throw new InvalidInput("version", "the number of a version, counted from 1, is needed");
        }
        SecretRef ref = new SecretRef(name, version);
        if (versions.find(ref).isEmpty()) {
            throw new InvalidInput("version", "there is no version " + ref);
        }
        return ref;
    }
}
