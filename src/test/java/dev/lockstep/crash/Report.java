package dev.lockstep.crash;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.web.util.HtmlUtils;

/**
 * The matrix as people and programs read it.
 *
 * @param points how many faults happened
 * @param kills how many of them were the death of a process
 * @param violations how many sentences say what did not hold
 * @param everywhere what did not hold and belongs to no single fault
 */
record Report(int points, long kills, int violations, List<String> everywhere, List<Row> rows) {

    private static final String PAGE = """
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8"><title>Crash matrix</title>
            <style>body{font:14px sans-serif;margin:2em}table{border-collapse:collapse}td,th{border:1px solid #ccc;\
            padding:2px 8px;text-align:left}th{background:#eee;position:sticky;top:0}.bad{background:#fbb}</style>
            </head><body><h1>Crash matrix</h1>
            <p>%d faults, %d of them a killed process; %d violations.</p><p class="bad">%s</p>
            <table><tr><th>#</th><th>call</th><th>side</th><th>mode</th><th>strategy</th><th>clock</th>\
            <th>right after the fault</th><th>recovery</th><th>violations</th></tr>
            %s
            </table></body></html>
            """;

    static Report of(List<Row> rows, List<String> everywhere) {
        return new Report(
                rows.size(),
                rows.stream().filter(row -> row.mode() == Mode.KILL).count(),
                everywhere.size()
                        + rows.stream().mapToInt(row -> row.violations().size()).sum(),
                everywhere,
                rows);
    }

    /** Writes both files. */
    void write(Path folder) {
        write(folder, "crash-matrix");
    }

    /** @param name of both files, without their endings */
    void write(Path folder, String name) {
        try {
            Files.createDirectories(folder);
            new ObjectMapper()
                    .enable(SerializationFeature.INDENT_OUTPUT)
                    .writeValue(
                            folder.resolve(name + ".json").toFile(),
                            Map.of(
                                    "points", points,
                                    "kills", kills,
                                    "violations", violations,
                                    "everywhere", everywhere,
                                    "rows", rows));
            Files.writeString(folder.resolve(name + ".html"), html());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String html() {
        String table = rows.stream().map(Report::html).collect(Collectors.joining("\n"));
        return PAGE.formatted(points, kills, violations, HtmlUtils.htmlEscape(String.join("; ", everywhere)), table);
    }

    private static String html(Row row) {
        List<Object> cells = List.of(
                row.point(),
                row.call(),
                row.side(),
                row.mode(),
                row.strategy(),
                row.clock(),
                row.outcome(),
                row.recovery(),
                String.join("; ", row.violations()));
        return (row.violations().isEmpty() ? "<tr>" : "<tr class=\"bad\">")
                + cells.stream()
                        .map(cell -> "<td>" + HtmlUtils.htmlEscape(cell.toString()) + "</td>")
                        .collect(Collectors.joining())
                + "</tr>";
    }
}
