package dev.lockstep.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.Collectors;

/** The result of a gate in the form that build servers show: one test case for each credential. */
final class JunitReport {

    private JunitReport() {}

    static String of(JsonNode results) {
        long shut = Json.list(results).stream().filter(JunitReport::shut).count();
        StringBuilder xml = new StringBuilder(
                        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuite name=\"lockstep gate\"")
                .append(" tests=\"")
                .append(results.size())
                .append("\" failures=\"")
                .append(shut)
                .append("\" errors=\"0\" skipped=\"0\">\n");
        for (JsonNode result : results) {
            xml.append("  <testcase classname=\"lockstep.gate\" name=\"")
                    .append(escaped(result.path("credential").asText()))
                    .append('"');
            if (shut(result)) {
                xml.append(">\n    <failure type=\"")
                        .append(escaped(result.at("/reasons/0/kind").asText()))
                        .append("\" message=\"")
                        .append(escaped(Json.list(result.path("reasons")).stream()
                                .map(reason -> reason.path("message").asText())
                                .collect(Collectors.joining("; "))))
                        .append("\"/>\n  </testcase>\n");
            } else {
                xml.append("/>\n");
            }
        }
        return xml.append("</testsuite>\n").toString();
    }

    private static boolean shut(JsonNode result) {
        return result.path("gate").asText().equals("shut");
    }

    private static String escaped(String text) {
        return Text.printable(text)
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
