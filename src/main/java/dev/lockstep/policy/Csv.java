package dev.lockstep.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Comma-separated values as RFC 4180 describes them. Cells that a spreadsheet would take for a formula have an
 * apostrophe in front of them in files, which is no part of the value.
 */
final class Csv {

    private static final String FORMULA = "=+-@\t\r'";

    /** One cell, and where it begins. */
    record Cell(int line, int column, String text) {}

    private final String text;
    private final char separator;
    private int at;
    private int line = 1;
    private int lineStart;

    private Csv(String text) {
        this.text = text;
        this.separator = separatorOf(text.lines().findFirst().orElse(""));
    }

    /** The rows that are not empty. */
    static List<List<Cell>> read(String text) {
        Csv csv = new Csv(text);
        List<List<Cell>> rows = new ArrayList<>();
        while (csv.at < text.length()) {
            List<Cell> row = csv.row();
            if (row.size() > 1 || !row.get(0).text().isBlank()) {
                rows.add(row);
            }
        }
        return rows;
    }

    /** Spreadsheets of some countries write semicolons, and what is pasted from one has tabs. */
    private static char separatorOf(String header) {
        char most = ',';
        for (char candidate : new char[] {';', '\t'}) {
            if (count(header, candidate) > count(header, most)) {
                most = candidate;
            }
        }
        return most;
    }

    private static long count(String text, char wanted) {
        return text.chars().filter(c -> c == wanted).count();
    }

    private List<Cell> row() {
        List<Cell> cells = new ArrayList<>();
        boolean more = true;
        while (more) {
            int startLine = line;
            int column = at - lineStart + 1;
            String cell = at < text.length() && text.charAt(at) == '"' ? quoted() : plain();
            cells.add(new Cell(startLine, column, unescaped(cell)));
            more = at < text.length() && text.charAt(at) == separator;
            if (more) {
                at++;
            }
        }
        endOfLine();
        return cells;
    }

    private String plain() {
        int start = at;
        while (at < text.length() && text.charAt(at) != separator && !atLineEnd()) {
            at++;
        }
        return text.substring(start, at).strip();
    }

    private String quoted() {
        StringBuilder cell = new StringBuilder();
        at++;
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == '"' && at < text.length() && text.charAt(at) == '"') {
                at++;
            } else if (c == '"') {
                return cell + plain();
            }
            cell.append(c);
            if (c == '\n') {
                line++;
                lineStart = at;
            }
        }
        return cell.toString();
    }

    private boolean atLineEnd() {
        return text.charAt(at) == '\n' || text.charAt(at) == '\r';
    }

    private void endOfLine() {
        if (at < text.length() && text.charAt(at) == '\r') {
            at++;
        }
        if (at < text.length() && text.charAt(at) == '\n') {
            at++;
        }
        line++;
        lineStart = at;
    }

    /** One row with its line end. */
    static String row(List<String> cells) {
        return cells.stream().map(Csv::cell).collect(Collectors.joining(",", "", "\r\n"));
    }

    private static String cell(String text) {
        String safe = isFormula(text) ? '\'' + text : text;
        boolean quotes =
                safe.chars().anyMatch(c -> c == ',' || c == ';' || c == '"' || c == '\n' || c == '\r' || c == '\t')
                        || !safe.equals(safe.strip());
        return quotes ? '"' + safe.replace("\"", "\"\"") + '"' : safe;
    }

    private static boolean isFormula(String text) {
        return !text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0;
    }

    private static String unescaped(String cell) {
        return cell.startsWith("'") && isFormula(cell.substring(1)) ? cell.substring(1) : cell;
    }
}
