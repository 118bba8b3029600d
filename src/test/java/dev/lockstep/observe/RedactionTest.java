package dev.lockstep.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.LockstepException;
import dev.lockstep.domain.PermanentException;
import dev.lockstep.domain.RetryableException;
import dev.lockstep.domain.SecretValue;
import dev.lockstep.port.Target;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RedactionTest {

    private static final String SECRET = "q7 &<\"'\\/Zx+ü%correct-horse";

    private final FakeTarget original = new FakeTarget();
    private final Target target = PortProxy.of(Target.class, original, new Redaction("target orders-db"));
    private final SecretValue secret = SecretValue.of(SECRET);

    static Stream<Arguments> spellings() {
        return Stream.of(
                spelling("as it is", text -> text),
                spelling("in other case", text -> text.toUpperCase(java.util.Locale.ROOT)),
                spelling("in base64", text -> Base64.getEncoder().encodeToString(bytes(text))),
                spelling("in base64 for URLs", text -> Base64.getUrlEncoder().encodeToString(bytes(text))),
                spelling("in a basic-auth header", text -> basic("u:" + text)),
                spelling("in a longer basic-auth header", text -> basic("us:" + text + "!")),
                spelling("in the longest basic-auth header", text -> basic("use:" + text + "!?")),
                spelling("in a form", text -> URLEncoder.encode(text, StandardCharsets.UTF_8)),
                spelling(
                        "in a path",
                        text -> URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20")),
                spelling("in hex", text -> HexFormat.of().formatHex(bytes(text))),
                spelling(
                        "in upper-case hex",
                        text -> HexFormat.of().withUpperCase().formatHex(bytes(text))),
                spelling("as a Java array", text -> Arrays.toString(bytes(text))),
                spelling("in an SQL literal", text -> text.replace("'", "''")),
                spelling("in JSON", text -> text.replace("\\", "\\\\").replace("\"", "\\\"")),
                spelling(
                        "in XML",
                        text -> text.replace("&", "&amp;")
                                .replace("<", "&lt;")
                                .replace("\"", "&quot;")
                                .replace("'", "&apos;")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("spellings")
    void a_secret_is_scrubbed_from_the_message_however_it_is_spelled(String name, UnaryOperator<String> spelling) {
        original.failure = given -> new PermanentException(
                FailureCode.SECRET_REFUSED, "refused <" + spelling.apply(Samples.text(given)) + ">, choose another");

        LockstepException failure = failureOfApply();

        assertThat(failure).isInstanceOf(PermanentException.class);
        assertThat(failure.code()).isEqualTo(FailureCode.SECRET_REFUSED);
        assertThat(failure.getMessage())
                .startsWith("refused <")
                .contains("[redacted]")
                .endsWith(">, choose another")
                .doesNotContain(spelling.apply(SECRET));
    }

    @Test
    void a_line_of_a_private_key_is_a_secret_too() {
        String line = "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg";
        SecretValue key = SecretValue.of("-----BEGIN PRIVATE KEY-----\n" + line + "\n-----END PRIVATE KEY-----\n");
        original.failure =
                given -> new RetryableException(FailureCode.SECRET_REFUSED, "unexpected token " + line + " in line 2");

        assertThatThrownBy(() -> target.apply(Samples.ACCOUNT, key))
                .hasMessage("unexpected token [redacted] in line 2");
    }

    @Test
    void the_cause_is_dropped_when_any_text_in_its_chain_carries_the_secret() {
        original.failure = given -> new RetryableException(
                FailureCode.TARGET_BUSY,
                "busy",
                new IllegalStateException("outer", new IllegalArgumentException("bad: " + Samples.text(given))));

        LockstepException failure = failureOfApply();

        assertThat(failure).hasMessage("busy").hasNoCause().isInstanceOf(RetryableException.class);
        assertThat(printed(failure)).doesNotContain(SECRET);
    }

    @Test
    void suppressed_exceptions_that_carry_the_secret_are_dropped() {
        original.failure = given -> {
            RetryableException failure = new RetryableException(FailureCode.TARGET_BUSY, "busy");
            failure.addSuppressed(new IllegalStateException(Samples.text(given)));
            return failure;
        };

        assertThat(printed(failureOfApply())).doesNotContain(SECRET);
    }

    @Test
    void a_clean_exception_passes_untouched_with_its_cause() {
        RetryableException clean =
                new RetryableException(FailureCode.TARGET_BUSY, "too many", new IllegalStateException("53300"));
        original.failure = given -> clean;

        assertThat(failureOfApply()).isSameAs(clean);
    }

    @Test
    void an_exception_that_nobody_translated_keeps_only_its_type() {
        original.failure =
                given -> new IllegalStateException("ALTER ROLE … '" + Samples.text(given) + "'", new Exception(SECRET));

        LockstepException failure = failureOfApply();

        assertThat(failure).isInstanceOf(RetryableException.class).hasNoCause();
        assertThat(failure.code()).isEqualTo(FailureCode.INTERNAL_ERROR);
        assertThat(failure.getMessage()).contains("apply", "target orders-db", "java.lang.IllegalStateException");
        assertThat(printed(failure)).doesNotContain(SECRET);
    }

    @Test
    void an_error_of_the_virtual_machine_becomes_a_failure_of_the_step() {
        original.failure = given -> new StackOverflowError(SECRET);

        assertThat(failureOfApply().getMessage()).contains("java.lang.StackOverflowError");
    }

    @Test
    void a_refused_argument_is_not_tried_again() {
        original.failure = given -> new IllegalArgumentException(SECRET);

        assertThat(failureOfApply()).isInstanceOf(PermanentException.class);
    }

    @Test
    void a_message_that_cannot_be_checked_is_withheld() {
        original.failure = given -> {
            String text = Samples.text(given);
            given.close();
            return new RetryableException(FailureCode.TARGET_BUSY, "busy with " + text);
        };

        LockstepException failure = failureOfApply();

        assertThat(failure.code()).isEqualTo(FailureCode.TARGET_BUSY);
        assertThat(failure.getMessage()).doesNotContain(SECRET).contains("apply");
    }

    private LockstepException failureOfApply() {
        return catchThrowableOfType(LockstepException.class, () -> target.apply(Samples.ACCOUNT, secret));
    }

    private static String printed(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    private static Arguments spelling(String name, UnaryOperator<String> spelling) {
        return Arguments.of(name, spelling);
    }

    private static String basic(String text) {
        return Base64.getEncoder().encodeToString(bytes(text));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
