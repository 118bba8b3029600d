package dev.lockstep.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** Writes tables and facts for people; in a terminal they are as wide as it is, and coloured. */
final class Page {

    private static final int GAP = 2;
    private static final int NARROWEST = 8;
    private static final Set<String> BAD = Set.of(
            "failed",
            "overdue",
            "quarantined",
            "contained",
            "stuck",
            "refused",
            "kept-previous",
            "not-contained",
            "rotated-previous-alive",
            "not-issued",
            "shut",
            "no");
    private static final Set<String> PENDING = Set.of(
            "waiting",
            "running",
            "queued",
            "claimed",
            "open",
            "review",
            "containing",
            "requested",
            "disabled",
            "unmanaged",
            "staged",
            "unknown");
    private static final Set<String> GOOD =
            Set.of("ok", "rotated", "succeeded", "active", "current", "closed", "issued", "passed", "ended", "yes");

    private final Terminal terminal;

    Page(Terminal terminal) {
        this.terminal = terminal;
    }

    /** One fact a line; facts that are missing are left out. */
    Page facts(JsonNode item, Column... columns) {
        int width = Stream.of(columns)
                .mapToInt(column -> Text.width(column.title()))
                .max()
                .orElse(0);
        for (Column column : columns) {
            String value = column.of(item);
            if (!value.isEmpty()) {
                line(Text.pad(column.title(), width + GAP) + coloured(column, value, value));
            }
        }
        return this;
    }

    Page heading(String text) {
        line("");
        line(text.toUpperCase(Locale.ROOT));
        return this;
    }

    Page line(String text) {
        terminal.out().println(text);
        return this;
    }

    /** A table below a heading; nothing at all when it would be empty. */
    Page section(String heading, JsonNode items, Column... columns) {
        if (!items.isEmpty()) {
            heading(heading).table(items, columns);
        }
        return this;
    }

    /** A table with a header; a note beside the answer when it would be empty. */
    Page table(JsonNode items, Column... columns) {
        if (items.isEmpty()) {
            terminal.note("There are none.");
            return this;
        }
        List<List<String>> rows = new ArrayList<>();
        items.forEach(
                item -> rows.add(Stream.of(columns).map(each -> each.of(item)).toList()));
        int[] widths = widths(rows, columns);
        line(row(
                Stream.of(columns)
                        .map(column -> column.title().toUpperCase(Locale.ROOT))
                        .toList(),
                widths));
        rows.forEach(row -> line(row(row, widths, columns)));
        return this;
    }

    private int[] widths(List<List<String>> rows, Column... columns) {
        int[] widths = new int[columns.length];
        for (int i = 0; i < columns.length; i++) {
            int column = i;
            widths[i] = Math.max(
                    Text.width(columns[i].title()),
                    rows.stream()
                            .mapToInt(row -> Text.width(row.get(column)))
                            .max()
                            .orElse(0));
        }
        if (terminal.columns() > 0) {
            fit(widths, columns);
        }
        return widths;
    }

    /** Takes from the widest text as long as the line is too long. */
    private void fit(int[] widths, Column... columns) {
        int most = terminal.columns() - GAP * (columns.length - 1);
        while (Stream.of(widths).flatMapToInt(java.util.Arrays::stream).sum() > most) {
            int widest = -1;
            for (int i = 0; i < columns.length; i++) {
                boolean shrinks = columns[i].kind() == Column.Kind.TEXT && widths[i] > NARROWEST;
                if (shrinks && (widest < 0 || widths[i] > widths[widest])) {
                    widest = i;
                }
            }
            if (widest < 0) {
                return;
            }
            widths[widest]--;
        }
    }

    private static String row(List<String> cells, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            line.append(i == 0 ? "" : " ".repeat(GAP)).append(Text.pad(Text.cut(cells.get(i), widths[i]), widths[i]));
        }
        return line.toString().stripTrailing();
    }

    private String row(List<String> cells, int[] widths, Column... columns) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String cell = cells.get(i);
            line.append(i == 0 ? "" : " ".repeat(GAP))
                    .append(coloured(columns[i], cell, Text.pad(Text.cut(cell, widths[i]), widths[i])));
        }
        return line.toString().stripTrailing();
    }

    private String coloured(Column column, String value, String shown) {
        if (!terminal.colour() || column.kind() != Column.Kind.STATE) {
            return shown;
        }
        String colour = BAD.contains(value) ? "31" : PENDING.contains(value) ? "33" : GOOD.contains(value) ? "32" : "0";
        return "\u001b[" + colour + "m" + shown + "\u001b[0m";
    }
}
