package dev.lockstep.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.lockstep.domain.Credential;
import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.CredentialStatus;
import dev.lockstep.domain.InventoryEntry;
import dev.lockstep.domain.Neighbours;
import dev.lockstep.domain.Outcome;
import dev.lockstep.domain.Reach;
import dev.lockstep.port.InventoryFiles;
import dev.lockstep.port.InventoryFiles.Format;
import dev.lockstep.process.PaperCatalog;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImportedInventoryTest {

    private static final String HEADER = "name,owner,class,target,store,principal,policy";
    private static final String ROW = "prod/shop/postgres/one,shop-team,database-user,orders-db,main,one,app-password";

    private static final String RICH = """
            kind: Credential
            name: prod/shop/postgres/orders-app
            owner: shop-team
            class: database-user
            target: orders-db
            store: main
            mirrors: [second]
            principal: "=cmd|'/c calc'!A0"
            settings: {database: "or;ders", probe: "SELECT 1, '=' || \\"x\\""}
            policy: app-password
            consumers: [orders, {name: billing, labels: {ring: early}}]
            labels: {tier: "-1+1", formula: "@SUM(A1)", apostrophe: "'=x", note: "a\\tb, c", empty: "no"}
            initial: ${env:ORDERS_PASSWORD}
            ---
            kind: Credential
            name: prod/shop/postgres/pair
            owner: shop-team
            class: database-user
            target: orders-db
            store: main
            principals: [pair_a, "pair;b"]
            policy: weekly-pair
            derived-from: [prod/shop/postgres/orders-app]
            """;

    private final ConfigDir directory;

    ImportedInventoryTest(@TempDir Path root) {
        directory = new ConfigDir(root)
                .file("policies/app.yaml", Samples.POLICY)
                .file("policies/pair.yaml", Samples.CRON_POLICY)
                .file("targets/db.yaml", Samples.TARGET)
                .file("stores/stores.yaml", Samples.STORE);
    }

    private InventoryFiles files(InventoryEntry... entries) {
        PaperCatalog catalog = new PaperCatalog();
        directory.load().credentials().values().forEach(catalog::put);
        return new ImportedInventory(directory::refusals, catalog, () -> List.of(entries));
    }

    private InventoryFiles.Draft draft(Format format, String text) {
        return files().draft(format, text.getBytes(StandardCharsets.UTF_8));
    }

    private static String export(InventoryFiles files, Format format) {
        StringWriter out = new StringWriter();
        try {
            files.export(format, Reach.WHOLE, out);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return out.toString();
    }

    @Test
    void a_row_becomes_a_document_that_the_configuration_takes() {
        InventoryFiles.Draft draft = draft(Format.CSV, HEADER + "\n" + ROW + "\n");

        assertThat(draft.problems()).isEmpty();
        assertThat(draft.credentials()).isOne();
        assertThat(draft.documents()).isEqualTo("""
                        kind: Credential
                        name: prod/shop/postgres/one
                        owner: shop-team
                        class: database-user
                        target: orders-db
                        store: main
                        principal: one
                        policy: app-password
                        """);
        directory.file("credentials/imported.yaml", draft.documents());
        assertThat(directory.load().credentials()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(Format.class)
    void what_was_exported_can_be_imported_and_is_the_same(Format format) {
        directory.file("credentials/rich.yaml", RICH);
        var before = directory.load().credentials();
        Instant now = Instant.parse("2026-03-01T10:00:00Z");
        String exported = export(
                files(new InventoryEntry(
                        before.firstKey(),
                        CredentialStatus.ACTIVE,
                        "orders-db",
                        now,
                        null,
                        now,
                        Outcome.ROTATED,
                        null,
                        null,
                        null)),
                format);
        assertThat(exported).contains("rotated").contains("2026-03-01T10:00:00Z");

        directory.file("credentials/rich.yaml", "# moved\n");
        InventoryFiles.Draft draft = draft(format, exported);

        assertThat(draft.problems()).isEmpty();
        directory.file("credentials/rich.yaml", draft.documents());
        assertThat(directory.load().credentials()).isEqualTo(before);
    }

    @Test
    void no_cell_of_an_export_is_a_formula() {
        directory.file("credentials/rich.yaml", RICH);

        String exported = export(files(), Format.CSV);

        assertThat(exported).contains("'=cmd|'/c calc'!A0");
        for (List<String> row : cells(exported)) {
            assertThat(row).noneMatch(cell -> cell.matches("(?s)[=+@\\t\\r-].*"));
        }
    }

    /** As a spreadsheet reads them: apostrophes stay. */
    private static List<List<String>> cells(String csv) {
        List<List<String>> rows = new ArrayList<>();
        for (String line : csv.split("\r\n", -1)) {
            rows.add(List.of(line.replace("\"", "").split(",", -1)));
        }
        return rows;
    }

    @Test
    void semicolons_and_tabs_separate_as_well_and_quoted_cells_hold_anything() {
        String semicolons = (HEADER + ",labels").replace(',', ';') + "\r\n" + ROW.replace(',', ';')
                + ";\"tier=gold;note=\"\"x\"\"\"\r\n";
        assertThat(draft(Format.CSV, semicolons).documents()).contains("labels: {tier: gold, note: \"\\\"x\\\"\"}");

        InventoryFiles.Draft tabs = draft(Format.CSV, (HEADER + "\n" + ROW).replace(',', '\t'));
        assertThat(tabs.problems()).isEmpty();
        assertThat(tabs.credentials()).isOne();
    }

    @Test
    void everything_wrong_with_rows_is_told_by_line_column_and_field() {
        String text = HEADER + "\n"
                + ROW + "\n"
                + ROW.replace("/one", "/two").replace(",one,", ",two,").replace("app-password", "app-pasword") + "\n"
                + ROW.replace("prod/shop/postgres/one", "Prod/../one").replace(",one,", ",three,") + "\n"
                + ROW.replace("/one", "/four") + "\n"
                + ROW.replace(",one,", ",five,").replace("orders-db", "nowhere") + "\n";

        assertThat(draft(Format.CSV, text).problems())
                .extracting(InventoryFiles.Problem::line, InventoryFiles.Problem::field)
                .contains(
                        tuple(3, "policy"),
                        tuple(4, "name"),
                        tuple(5, "principal"),
                        tuple(6, "target"),
                        tuple(6, "name"));
        assertThat(draft(Format.CSV, text).problems())
                .filteredOn(problem -> problem.field().equals("policy"))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.column()).isEqualTo(67);
                    assertThat(problem.problem()).isEqualTo("there is no policy 'app-pasword'");
                    assertThat(problem.advice()).startsWith("did you mean app-password?");
                });
        assertThat(draft(Format.CSV, text).documents()).isEmpty();
    }

    @Test
    void a_header_is_looked_at_first() {
        InventoryFiles.Draft draft = draft(Format.CSV, "nmae,owner,owner,colour\nx,y,z,w,v\n");

        assertThat(draft.problems())
                .extracting(InventoryFiles.Problem::line, InventoryFiles.Problem::column, InventoryFiles.Problem::field)
                .containsExactlyInAnyOrder(
                        tuple(1, 1, "nmae"),
                        tuple(1, 1, "name"),
                        tuple(1, 12, "owner"),
                        tuple(1, 18, "colour"),
                        tuple(2, 9, ""));
    }

    @Test
    void a_secret_in_a_file_is_refused_and_not_repeated() {
        InventoryFiles.Draft draft =
                draft(Format.CSV, HEADER + ",initial,settings\n" + ROW + ",hunter2-very-secret,password=hunter2\n");

        assertThat(draft.problems()).extracting(InventoryFiles.Problem::field).contains("initial", "settings.password");
        assertThat(draft.toString()).doesNotContain("hunter2");
    }

    @Test
    void names_that_are_configured_already_are_left_out() {
        directory.file("credentials/orders.yaml", Samples.CREDENTIAL);

        InventoryFiles.Draft draft = draft(
                Format.YAML,
                Samples.CREDENTIAL + "---\n"
                        + Samples.CREDENTIAL.replace("/orders-app", "/more").replace("orders_app", "more"));

        assertThat(draft.problems()).isEmpty();
        assertThat(draft.known()).containsExactly("prod/shop/postgres/orders-app");
        assertThat(draft.documents()).contains("/more").doesNotContain("/orders-app");
    }

    @Test
    void an_account_that_another_credential_has_is_refused() {
        directory.file("credentials/orders.yaml", Samples.CREDENTIAL);

        InventoryFiles.Draft draft = draft(Format.CSV, HEADER + "\n" + ROW.replace(",one,", ",orders_app,") + "\n");

        assertThat(draft.problems())
                .extracting(InventoryFiles.Problem::field, InventoryFiles.Problem::line)
                .containsExactly(tuple("principal", 2));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "kind: Policy\nname: x\n",
                "[1, 2]",
                "{\"name\": \"a\", \"name\": \"b\"}",
                "[{\"name\": \"prod/shop/postgres/\u202eone\"}]",
                "just text",
                "{\"credentials\": [{\"name\": \"prod/shop/postgres/one\"}], \"defalts\": {}}",
                "[{\"name\": \"prod/shop/postgres/one\", \"secret\": \"x\"}]"
            })
    void what_holds_no_credentials_is_refused(String text) {
        InventoryFiles.Draft draft = draft(Format.JSON, text);

        assertThat(draft.problems()).isNotEmpty();
        assertThat(draft.problems())
                .allSatisfy(problem -> assertThat(problem.advice()).isNotBlank());
        assertThat(draft.documents()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Format.class)
    void nesting_size_and_bytes_are_bounded(Format format) {
        String deep = "[".repeat(10_000);
        String large = "x".repeat(50_000) + "\n";

        assertThat(draft(format, deep).problems()).isNotEmpty();
        assertThat(draft(format, large.repeat(120)).problems())
                .extracting(InventoryFiles.Problem::problem)
                .containsExactly("is larger than 5 MB");
        assertThat(files().draft(format, new byte[] {(byte) 0xff, (byte) 0xfe}).problems())
                .extracting(InventoryFiles.Problem::problem)
                .containsExactly("these bytes are not UTF-8");
    }

    @Test
    void a_hundred_thousand_credentials_are_exported_in_the_order_of_their_names() {
        directory.file("credentials/orders.yaml", Samples.CREDENTIAL);
        Credential one = directory.load().credentials().values().iterator().next();
        PaperCatalog catalog = new PaperCatalog();
        for (int i = 99_999; i >= 0; i--) {
            catalog.put(new Credential(
                    CredentialName.of("prod/shop/postgres/app-%05d".formatted(i)),
                    one.owner(),
                    one.kind(),
                    one.target(),
                    one.store(),
                    List.of(),
                    List.of("app_" + i),
                    one.settings(),
                    one.policy(),
                    one.consumers(),
                    one.labels(),
                    Optional.empty(),
                    Set.of(),
                    Neighbours.NONE));
        }
        ImportedInventory files = new ImportedInventory(more -> List.of(), catalog, List::of);

        List<String> names = export(files, Format.CSV)
                .lines()
                .skip(1)
                .map(line -> line.substring(0, line.indexOf(',')))
                .toList();

        assertThat(names).hasSize(100_000).isSorted();
    }
}
