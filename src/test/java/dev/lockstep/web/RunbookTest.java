package dev.lockstep.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.domain.FailureCode;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RunbookTest {

    private final Runbook runbook = new Runbook();

    @Test
    void it_has_one_section_for_each_failure_code_in_their_order_and_no_other() {
        assertThat(runbook.sections())
                .containsExactlyElementsOf(Arrays.stream(FailureCode.values())
                        .map(FailureCode::anchor)
                        .toList());
    }

    @ParameterizedTest
    @EnumSource(FailureCode.class)
    void each_section_says_what_is_true_what_to_check_and_what_to_choose(FailureCode code) {
        String section = section(code);

        assertThat(section).startsWith("<h2 id=\"" + code.anchor() + "\">" + code.anchor() + "</h2>\n<p><strong>");
        assertThat(section).contains("What is true now:").contains("<pre><code>");
        assertThat(section).containsPattern("<p>Choose|nothing to choose|choose <em>");
    }

    @Test
    void it_is_rendered_without_foreign_markup() {
        assertThat(runbook.html()).doesNotContain("<script").doesNotContain("javascript:");
    }

    private String section(FailureCode code) {
        String html = runbook.html();
        int start = html.indexOf("<h2 id=\"" + code.anchor() + "\">");
        int end = html.indexOf("<h2 ", start + 1);
        return html.substring(start, end < 0 ? html.length() : end);
    }
}
