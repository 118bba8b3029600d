package dev.lockstep.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What makes a credential unfit for a build, from what the server tells of it.
 *
 * @param overdueBy how much it may be overdue
 * @param verifiedWithin how long ago it may have been verified; null when only findings count
 */
record GateRules(Instant now, Duration overdueBy, @Nullable Duration verifiedWithin) {

    private static final Set<String> UNUSABLE = Set.of("disabled", "decommissioned", "requested", "unmanaged");

    /** A reason with a kind for machines: leaked, failing, unverified, overdue or unusable. */
    record Reason(String kind, String message) {}

    List<Reason> judge(JsonNode details) {
        List<Reason> reasons = new ArrayList<>();
        JsonNode credential = details.path("credential");
        leaked(details, credential, reasons);
        failing(details, credential, reasons);
        unverified(details, reasons);
        overdue(details, credential, reasons);
        String status = credential.path("status").asText();
        if (UNUSABLE.contains(status)) {
            reasons.add(new Reason("unusable", "it is " + status));
        }
        return reasons;
    }

    private static void leaked(JsonNode details, JsonNode credential, List<Reason> reasons) {
        List<String> incidents = Json.list(details.path("openIncidents")).stream()
                .map(JsonNode::asText)
                .toList();
        if (!incidents.isEmpty()) {
            reasons.add(new Reason("leaked", "it is part of " + String.join(", ", incidents) + ", which is open"));
        } else if (credential.path("status").asText().equals("contained")) {
            reasons.add(new Reason("leaked", "it is contained and has no successor yet"));
        }
    }

    private static void failing(JsonNode details, JsonNode credential, List<Reason> reasons) {
        JsonNode active = details.path("activeOperation");
        String state = credential.path("state").asText();
        if (active.has("failure") || state.equals("quarantined")) {
            reasons.add(new Reason(
                    "failing",
                    active.path("id").asText("its operation") + " fails"
                            + Json.field(active.path("failure"), "code")
                                    .map(code -> " (" + code + ")")
                                    .orElse("")
                            + Json.field(active, "waitsFor")
                                    .map(who -> " and waits for " + who)
                                    .orElse("")));
        } else if (state.equals("failed")) {
            reasons.add(new Reason(
                    "failing",
                    "its last operation ended as "
                            + credential.path("lastOutcome").asText()
                            + Json.field(credential.path("lastFailure"), "code")
                                    .map(code -> " (" + code + ")")
                                    .orElse("")));
        }
    }

    private void unverified(JsonNode details, List<Reason> reasons) {
        JsonNode check = details.path("lastCheck");
        JsonNode version = details.path("currentVersion");
        if (check.has("finding")) {
            reasons.add(new Reason(
                    "unverified",
                    Json.field(check.path("finding"), "message").orElse("the last check found something wrong")));
        } else if (version.isMissingNode()) {
            reasons.add(new Reason("unverified", "there is no version that applications read"));
        } else if (verifiedWithin != null && !verifiedSince(now.minus(verifiedWithin), check, version)) {
            reasons.add(new Reason(
                    "unverified",
                    "it was last verified "
                            + Json.field(check, "at").map(Text::moment).orElse("never")
                            + "; try it now with: lockstep check"));
        }
    }

    /** A version is verified before it becomes the current one. */
    private static boolean verifiedSince(Instant limit, JsonNode check, JsonNode version) {
        return Json.field(check, "at")
                        .filter(at -> Instant.parse(at).isAfter(limit))
                        .isPresent()
                || Json.field(version, "changedAt")
                        .filter(at -> Instant.parse(at).isAfter(limit))
                        .isPresent();
    }

    /** Being rotated now is as good as having been rotated in time, unless that fails. */
    private void overdue(JsonNode details, JsonNode credential, List<Reason> reasons) {
        boolean atWork = details.has("activeOperation");
        Json.field(credential, "nextRotationAt")
                .map(Instant::parse)
                .filter(due -> !atWork && due.plus(overdueBy).isBefore(now))
                .ifPresent(due ->
                        reasons.add(new Reason("overdue", "its rotation was due " + Text.moment(due.toString()))));
    }
}
