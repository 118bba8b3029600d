package dev.lockstep.domain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NoticeTest {

    @Test
    void lines_have_no_line_ends_and_long_texts_are_cut() {
        Notice notice = new Notice("a\nb", "info", "g", "s\r\n" + "x".repeat(500), "t".repeat(9999), "l".repeat(9999));

        assertThat(notice.kind()).isEqualTo("a b");
        assertThat(notice.subject()).hasSize(200).startsWith("s x");
        assertThat(notice.text()).hasSize(3900);
        assertThat(notice.link()).hasSize(1000);
    }

    @Test
    void a_character_of_two_halves_is_not_cut_in_between() {
        assertThat(new Notice("k", "info", "g", "s", "t".repeat(3899) + "😀", "").text())
                .isEqualTo("t".repeat(3899));
    }

    @Test
    void severities_have_an_order() {
        Notice high = new Notice("k", "high", "g", "s", "t", "");

        assertThat(Notice.SEVERITIES.stream().filter(high::atLeast)).containsExactly("info", "low", "medium", "high");
        assertThat(new Notice("k", "dunno", "g", "s", "t", "").severity()).isEqualTo("critical");
    }
}
