package dev.lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What platform engineers do: plan, apply, explain, look ahead, and take lists in. */
class ConfigurationByCommandTest extends OnAnEstate {

    private static final String EXTRA = """
            kind: Policy
            name: monthly
            rotate: {every: P30D}
            maximum-age: P60D
            strategy: in-place
            secret: {type: password, length: 40, classes: [lower, upper, digit]}
            grace: {at-most: PT0S, laggards: retire-anyway}
            applies-to: [{labels: {tier: gold}}]
            ---
            kind: Credential
            name: test/shop/pg/monthly
            owner: finance
            class: database-user
            target: pg
            store: main
            principal: some_account
            labels: {tier: gold}
            """;

    /** An empty file takes away what one of its name has brought. */
    @AfterEach
    void asItWas() {
        Shell.Run run = as("adam").run("apply", "--merge", "--yes", file("extra.yaml", ""));
        assertThat(run.code()).as(run.err()).isZero();
    }

    private String file(String name, String content) {
        return as("adam").file(name, content, "rw-r--r--").toString();
    }

    @Test
    void files_are_planned_looked_at_and_applied() {
        Shell.Run plan = as("dora").run("plan", "--merge", file("extra.yaml", EXTRA));

        assertThat(plan.code()).as(plan.err()).isZero();
        assertThat(plan.out()).contains("create", "policy", "monthly", "credential", "test/shop/pg/monthly");
        assertThat(plan.err()).contains("lockstep apply --id ");
        String id = plan.err().replaceAll("(?s).*--id (\\S+).*", "$1");
        assertThat(as("dora").run("plan", "--id", id).out()).contains("test/shop/pg/monthly", "open");
        assertThat(as("dora").run("apply", "--id", id).code()).isEqualTo(3);

        Shell.Run applied = as("adam").run("apply", "--id", id);

        assertThat(applied.code()).as(applied.err()).isZero();
        assertThat(applied.out()).contains(id, "adam");
        Shell.Run explained = as("vera").run("policy", "explain", "test/shop/pg/monthly");
        assertThat(explained.code()).as(explained.err()).isZero();
        assertThat(explained.out()).contains("monthly", "RULES", "SETTINGS", "extra.yaml");
        assertThat(as("vera").run("configuration", "show").out()).contains("adam");
        assertThat(as("vera").run("configuration", "history").out()).contains(id);
        assertThat(as("dora")
                        .run("plan", "--merge", "--expect-none", file("extra.yaml", EXTRA))
                        .code())
                .isZero();
    }

    @Test
    void a_plan_from_before_somebody_elses_change_is_refused() {
        String old = as("dora")
                .run("plan", "--merge", file("extra.yaml", EXTRA), "-o", "json")
                .json()
                .path("id")
                .asText();
        Shell.Run other =
                as("adam").run("apply", "--merge", "--yes", file("extra.yaml", EXTRA.replace("P30D", "P20D")));
        assertThat(other.code()).as(other.err()).isZero();

        Shell.Run late = as("adam").run("apply", "--id", old);

        assertThat(late.code()).isEqualTo(5);
        assertThat(late.err()).contains("was changed since the plan", "adam");
    }

    @Test
    void nothing_is_applied_unless_somebody_says_yes() {
        Shell.Run no = as("adam").input("n\n").run("apply", "--merge", file("extra.yaml", EXTRA));
        assertThat(no.code()).isEqualTo(1);
        assertThat(no.err()).contains("Apply this?", "Nothing is applied");

        Shell.Run yes = as("adam").input("y\n").run("apply", "--merge", file("extra.yaml", EXTRA));
        assertThat(yes.code()).as(yes.err()).isZero();
        assertThat(yes.out()).contains("test/shop/pg/monthly");
    }

    @Test
    void what_is_wrong_is_told_with_its_place() {
        Shell.Run run =
                as("dora").run("plan", "--merge", file("extra.yaml", EXTRA.replace("every: P30D", "every: PT0S")));

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("extra.yaml:3:").contains("rotate");
    }

    @Test
    void the_time_to_come_is_told_in_each_form() {
        assertThat(as("adam")
                        .run("apply", "--merge", "--yes", file("extra.yaml", EXTRA))
                        .code())
                .isZero();

        Shell.Run table = as("vera").run("forecast", "--owner", "finance", "--by", "day");
        assertThat(table.code()).as(table.err()).isZero();
        assertThat(table.out()).contains("TARGETS", "NEXT", "test/shop/pg/monthly", "pg");

        Shell.Run json = as("vera").run("forecast", "--owner", "finance", "-o", "json");
        assertThat(json.json().path("rotations").asInt()).isBetween(2, 3);
        assertThat(json.json().at("/next/0/policy").asText()).isEqualTo("monthly");
        assertThat(as("vera").run("forecast", "--days", "0").code()).isEqualTo(2);
        assertThat(as("vera").run("forecast", "--expect-in-time").code()).isZero();
    }

    @Test
    void a_list_becomes_documents_that_can_be_applied() throws IOException {
        String list = file("list.csv", """
                name,owner,class,target,store,principal,policy
                test/shop/pg/narrow,shop,database-user,pg,main,x,quick
                test/shop/pg/listed,finance,database-user,pg,main,listed_account,quick
                """);
        Path documents = home.resolve("extra.yaml");

        Shell.Run run = as("dora").run("inventory", "import", list, "--to", documents.toString());

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.err()).contains("Taken: 1; known already and left out: 1.");
        assertThat(documents).content().contains("test/shop/pg/listed").doesNotContain("narrow");
        assertThat(as("dora").run("plan", "--merge", documents.toString()).out())
                .contains("create", "test/shop/pg/listed");

        Shell.Run wrong = as("dora")
                .run(
                        "inventory",
                        "import",
                        file("wrong.csv", Files.readString(Path.of(list)).replace("listed,", "Listed,")));
        assertThat(wrong.code()).isEqualTo(2);
        assertThat(wrong.err()).contains("line 3").contains("name");
        assertThat(as("dora")
                        .run("inventory", "import", documents.toString(), "--format", "xml")
                        .err())
                .contains("--format csv, json or yaml");
    }

    @Test
    void everything_but_values_is_exported() {
        Shell.Run json = as("vera").run("inventory", "export");
        assertThat(json.code()).as(json.err()).isZero();
        assertThat(json.json().toString()).contains("test/shop/pg/narrow").doesNotContain(Estate.IN_USE);

        Path file = home.resolve("all.csv");
        assertThat(as("vera")
                        .run("inventory", "export", "--to", file.toString())
                        .code())
                .isZero();
        assertThat(file).content().startsWith("name,").contains("test/shop/pg/narrow");
    }
}
