package dev.lockstep.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Templates of fields: values come out as they went in, and nothing but values comes in. */
class SchemaTemplateTest {

    private static final String ODD = "$ { } ${password} ${a} $${a} ${env:PATH} %41 \" ' \\ \\1 $1 | :- ä € 𝄞 \t";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "${password}",
                "{}",
                "$",
                "$${password}",
                "${env:PATH}",
                "${script:javascript:1+1}",
                "${file:UTF-8:/etc/passwd}",
                "${password|url}",
                "a:-b",
                "%s%41 \"'\\",
                "ä€𝄞",
                ODD
            })
    void aValueComesOutAsItWentIn(String value) {
        assertThat(SchemaTemplate.fill("${a}", name -> value)).isEqualTo(value);
        assertThat(SchemaTemplate.fill("<${a}|${a}>$${b}", name -> value))
                .isEqualTo("<" + value + "|" + value + ">$" + value);
    }

    @Test
    void aValueInAnUrlIsReadBackAsItWas() {
        String written = SchemaTemplate.fill("${a|url}", name -> ODD + "+*~&=/?#@: ");

        assertThat(written).matches("([A-Za-z0-9._~-]|%[0-9A-F]{2})*");
        assertThat(URLDecoder.decode(written, StandardCharsets.UTF_8)).isEqualTo(ODD + "+*~&=/?#@: ");
        assertThat(SchemaTemplate.fill("${a|url}", name -> "a b+c*d~e/f"))
                .as("as RFC 3986 has it")
                .isEqualTo("a%20b%2Bc%2Ad~e%2Ff");
    }

    @Test
    void aSettingThatIsMissingHasSomethingInItsPlaceOrIsRefused() {
        assertThat(SchemaTemplate.fill("${target.port:-5432}", name -> null)).isEqualTo("5432");
        assertThat(SchemaTemplate.fill("${target.port:-5432}", name -> "5433")).isEqualTo("5433");
        assertThat(SchemaTemplate.fill("${account.database|url:-a b}", name -> null))
                .isEqualTo("a b");
        assertThatThrownBy(() -> SchemaTemplate.fill("x${target.port}y", name -> null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("target.port");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "${a;false",
                "${};false",
                "${ a};false",
                "${a|json};false",
                "${a|url|url};false",
                "${a:-};false",
                "${env:PATH};false",
                "${${a}};false",
                "x${a${b}};false",
                "${script:javascript:1};false",
                "${a} $ {b} };true",
                "$${a};true",
                "${a|url:-x y};true",
                "no variable at all;true"
            })
    void whatIsNoTemplateIsRefused(String template, boolean understood) {
        assertThat(SchemaTemplate.objection(template).isEmpty()).isEqualTo(understood);
    }

    @Test
    void templatesMeanTheSameWhenTheyGiveTheSameForAllValues() {
        assertThat(SchemaTemplate.meaning("a${b}")).isEqualTo(SchemaTemplate.meaning("a${b}"));
        assertThat(SchemaTemplate.meaning("${a|url}")).isNotEqualTo(SchemaTemplate.meaning("${a}"));
        assertThat(SchemaTemplate.meaning("${target.a:-1}")).isNotEqualTo(SchemaTemplate.meaning("${target.a:-2}"));
        assertThat(SchemaTemplate.meaning("${target.a:-1}")).isNotEqualTo(SchemaTemplate.meaning("${target.a}"));
        assertThat(SchemaTemplate.meaning("${a}${b}")).isNotEqualTo(SchemaTemplate.meaning("${b}${a}"));
        assertThat(SchemaTemplate.meaning("${a}")).isNotEqualTo(SchemaTemplate.meaning("a"));
    }

    /** For whatever values: each variable is its value, and everything else stays. */
    @Test
    void anyTemplateIsFilledPieceByPiece() {
        Random random = new Random(20260101);
        for (int round = 0; round < 5_000; round++) {
            Map<String, String> values = new HashMap<>();
            StringBuilder template = new StringBuilder();
            StringBuilder expected = new StringBuilder();
            for (int piece = random.nextInt(6); piece >= 0; piece--) {
                if (random.nextBoolean()) {
                    String name = "v" + random.nextInt(4);
                    String value = values.computeIfAbsent(name, first -> text(random));
                    template.append("${").append(name).append('}');
                    expected.append(value);
                } else {
                    String literal = text(random).replace("${", "$ {");
                    literal = literal.endsWith("$") ? literal + " " : literal;
                    template.append(literal);
                    expected.append(literal);
                }
            }
            assertThat(SchemaTemplate.fill(template.toString(), values::get))
                    .as("%s with %s", template, values)
                    .isEqualTo(expected.toString());
        }
    }

    private static String text(Random random) {
        String alphabet = "$${{}}|:-%\\\"'v0123 ä€";
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(12); i >= 0; i--) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }
}
