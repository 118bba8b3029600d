package dev.lockstep.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OneTimeCodesTest {

    private static final byte[] SECRET = "12345678901234567890".getBytes(StandardCharsets.US_ASCII);

    /** The last six of the eight digits in appendix B of RFC 6238. */
    @ParameterizedTest
    @CsvSource({
        "59, 287082",
        "1111111109, 081804",
        "1111111111, 050471",
        "1234567890, 005924",
        "2000000000, 279037",
        "20000000000, 353130"
    })
    void codes_are_those_of_the_standard(long seconds, String code) {
        assertThat(OneTimeCodes.at(SECRET, seconds / OneTimeCodes.STEP_SECONDS)).isEqualTo(code);
        assertThat(OneTimeCodes.step(SECRET, code, Instant.ofEpochSecond(seconds)))
                .hasValue(seconds / OneTimeCodes.STEP_SECONDS);
    }

    @Test
    void a_code_of_the_step_before_or_after_is_right_and_of_no_other() {
        Instant now = Instant.parse("2026-03-01T12:00:00Z");
        long step = now.getEpochSecond() / OneTimeCodes.STEP_SECONDS;

        assertThat(OneTimeCodes.step(SECRET, OneTimeCodes.at(SECRET, step - 1), now))
                .hasValue(step - 1);
        assertThat(OneTimeCodes.step(SECRET, OneTimeCodes.at(SECRET, step + 1), now))
                .hasValue(step + 1);
        assertThat(OneTimeCodes.step(SECRET, OneTimeCodes.at(SECRET, step - 2), now))
                .isEmpty();
        assertThat(OneTimeCodes.step(SECRET, OneTimeCodes.at(SECRET, step + 2), now))
                .isEmpty();
    }

    /** RFC 4648, section 10. */
    @ParameterizedTest
    @CsvSource({"f, MY", "fo, MZXQ", "foo, MZXW6", "foob, MZXW6YQ", "fooba, MZXW6YTB", "foobar, MZXW6YTBOI"})
    void secrets_are_written_as_the_standard_has_it(String text, String encoded) {
        assertThat(Base32.of(text.getBytes(StandardCharsets.US_ASCII))).isEqualTo(encoded);
    }
}
