package dev.lockstep.cli;

import static dev.lockstep.cli.Column.name;
import static dev.lockstep.cli.Column.state;
import static dev.lockstep.cli.Column.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Uploads the report of a secret scanner. */
@Command(
        name = "import",
        description = {
            "Import the report of a secret scanner.",
            "Each credential whose value is in it gets one incident. The report is not kept, and no value is shown."
        })
final class ImportScanCommand implements Callable<Integer> {

    private static final Column[] FACTS = {
        text("findings", "/findings"),
        text("ours", "/matched"),
        text("unknown", "/unknown"),
        name("incidents", "/incidents"),
        text("not listed", "/unlisted")
    };

    private static final Column[] LINES = {
        state("ours", "/ours"),
        text("rule", "/rule"),
        text("place", "/place"),
        text("credentials", "/credentials"),
        name("incident", "/incident"),
        text("times", "/times")
    };

    @Parameters(paramLabel = "REPORT", description = "The file that the scanner has written.")
    Path report = Path.of("");

    @Option(
            names = "--format",
            required = true,
            paramLabel = "SCANNER",
            description = "gitleaks (JSON) or trufflehog (JSON lines)")
    String format = "";

    @Option(
            names = "--exposure",
            required = true,
            paramLabel = "WORD",
            description = "Who can see what was scanned: public, internal or unknown.")
    String exposure = "";

    private final Lockstep lockstep;

    ImportScanCommand(Lockstep lockstep) {
        this.lockstep = lockstep;
    }

    @Override
    public Integer call() {
        if (!Files.isReadable(report) || Files.isDirectory(report)) {
            throw CliException.usage("There is no readable file " + report + ".");
        }
        Map<String, @Nullable String> query = new TreeMap<>();
        query.put("format", format);
        query.put("exposure", exposure);
        JsonNode scan = lockstep.api().upload("/signals/reports?" + Query.of(query), report);
        lockstep.show(scan, page -> {
            page.facts(scan, FACTS);
            page.section("findings", scan.path("lines"), LINES);
        });
        return 0;
    }
}
