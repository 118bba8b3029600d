package dev.lockstep.cli;

import static dev.lockstep.cli.Column.moment;
import static dev.lockstep.cli.Column.name;
import static dev.lockstep.cli.Column.state;
import static dev.lockstep.cli.Column.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Makes, shows and applies plans; what {@code plan} and {@code apply} share. */
final class Plans {

    static final Column[] APPLIED = {
        name("configuration", "/id"),
        text("in force", "/inForce"),
        text("plan", "/plan"),
        text("commit", "/commit"),
        text("origin", "/origin"),
        text("by", "/by"),
        moment("at", "/at"),
        moment("settled", "/settledAt"),
        text("summary", "/summary")
    };

    private static final Column[] FACTS = {
        name("plan", "/id"),
        state("status", "/status"),
        text("origin", "/origin"),
        text("commit", "/commit"),
        text("planned by", "/plannedBy"),
        moment("planned", "/plannedAt"),
        text("summary", "/summary")
    };

    private static final Column[] CHANGES = {
        state("action", "/action"),
        text("kind", "/kind"),
        name("name", "/name"),
        moment("due before", "/dueBefore"),
        moment("due after", "/dueAfter"),
        text("note", "/note")
    };

    private static final Column[] LOAD = {
        name("target", "/target"), text("most a day now", "/peakBefore"), text("with the plan", "/peakAfter")
    };

    private final Lockstep lockstep;

    Plans(Lockstep lockstep) {
        this.lockstep = lockstep;
    }

    JsonNode make(List<String> files, boolean merge, @Nullable String commit) {
        Map<String, @Nullable String> wanted = new TreeMap<>();
        wanted.put("commit", commit);
        wanted.put("merge", merge ? "true" : null);
        String query = Query.of(wanted);
        String path = "/plans" + (query.isEmpty() ? "" : "?" + query);
        return files.isEmpty()
                ? lockstep.api().post(path)
                : lockstep.api().post(path, ConfigurationFiles.read(files, lockstep.terminal()));
    }

    static void page(JsonNode plan, Page page) {
        page.facts(plan, FACTS).section("changes", plan.path("changes"), CHANGES);
        for (JsonNode change : plan.path("changes")) {
            fields(change, page);
        }
        long leftOut = plan.path("leftOut").asLong();
        if (leftOut > 0) {
            page.line("and " + leftOut + " more");
        }
        page.section("load of the next 90 days", plan.path("load"), LOAD);
        if (plan.path("changes").isEmpty() && leftOut == 0) {
            page.line("Nothing would change.");
        }
    }

    private static void fields(JsonNode change, Page page) {
        if (change.path("fields").isEmpty()) {
            return;
        }
        page.heading(change.path("kind").asText() + " " + change.path("name").asText());
        List<String> lines = new ArrayList<>();
        for (JsonNode field : change.path("fields")) {
            String name = Text.printable(field.path("name").asText());
            lines.add(
                    field.path("hidden").asBoolean()
                            ? name + ": changes; its values are not shown"
                            : name + ": " + value(field, "before") + " -> " + value(field, "after"));
        }
        lines.forEach(page::line);
    }

    private static String value(JsonNode field, String which) {
        return Text.printable(Json.field(field, which).orElse("(nothing)"));
    }

    static boolean changesNothing(JsonNode plan) {
        return plan.path("changes").isEmpty() && plan.path("leftOut").asLong() == 0;
    }
}
