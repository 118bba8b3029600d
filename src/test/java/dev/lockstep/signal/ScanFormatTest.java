package dev.lockstep.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lockstep.domain.InvalidInput;
import dev.lockstep.domain.SecretValue;
import dev.lockstep.signal.scan.ScanFormat;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reports as the scanners' documentation shows them, and what only looks like one. */
class ScanFormatTest {

    /** From the documentation of gitleaks. */
    private static final String GITLEAKS = """
            {"Description": "Generic API Key", "StartLine": 20, "EndLine": 20, "StartColumn": 18, "EndColumn": 61,
             "Match": "Secret = \\"hunter2-of-the-scan\\"", "Secret": "hunter2-of-the-scan", "File": "cmd/generate/config/rules/sidekiq.go",
             "SymlinkFile": "", "Commit": "4ca3b52f2df1b3f4e5a9ea7fd3c1e4a8a1b5a0b6", "Entropy": 3.94, "Author": "X", "Email": "x@y",
             "Date": "2022-08-04T12:31:40Z", "Message": "added", "Tags": ["a"], "RuleID": "generic-api-key",
             "Fingerprint": "cd5226711335c68be1e720b318b7bc3135a30eb2:cmd/generate/config/rules/sidekiq.go:generic-api-key:20"}""";

    /** From the documentation of TruffleHog. */
    private static final String TRUFFLEHOG = """
            {"SourceMetadata":{"Data":{"Git":{"commit":"fbc14303ffbf8fb1c2c1914e8dda7d0121633aca","file":"keys","email":"c","repository":"https://github.com/trufflesecurity/test_keys","timestamp":"2022-06-16 10:17:40 -0700 PDT","line":4}}},"SourceID":0,"SourceType":16,"SourceName":"trufflehog - git","DetectorType":2,"DetectorName":"AWS","DecoderName":"PLAIN","Verified":true,"Raw":"AKIAYVP4CIPPERUVIFXG","RawV2":"AKIAYVP4CIPPERUVIFXGZt2U1h267eViPnuSA+JO5ABhiu4T7XUMSZ+Y2Oth","Redacted":"AKIAYVP4CIPPERUVIFXG","ExtraData":{"account":"595918472158"},"StructuredData":null}
            """;

    private record Seen(String rule, String place, List<SecretValue> values) {}

    @Test
    void a_finding_of_gitleaks_has_rule_place_and_value() {
        Seen seen = read("gitleaks", '[' + GITLEAKS + ']').get(0);

        assertThat(seen.rule()).isEqualTo("generic-api-key");
        assertThat(seen.place()).isEqualTo("cmd/generate/config/rules/sidekiq.go:20");
        assertThat(seen.values()).containsExactly(SecretValue.of("hunter2-of-the-scan"));
    }

    @Test
    void a_finding_of_trufflehog_has_both_forms_of_the_value() {
        List<Seen> all = read("trufflehog", TRUFFLEHOG + "\n" + TRUFFLEHOG);

        assertThat(all).hasSize(2);
        assertThat(all.get(0).rule()).isEqualTo("AWS");
        assertThat(all.get(0).place()).isEqualTo("https://github.com/trufflesecurity/test_keys keys:4");
        assertThat(all.get(0).values())
                .containsExactlyInAnyOrder(
                        SecretValue.of("AKIAYVP4CIPPERUVIFXG"),
                        SecretValue.of("AKIAYVP4CIPPERUVIFXGZt2U1h267eViPnuSA+JO5ABhiu4T7XUMSZ+Y2Oth"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", " [ ] ", "\uFEFF[]"})
    void a_report_without_findings_is_one(String report) {
        assertThat(read("gitleaks", report)).isEmpty();
        assertThat(read("trufflehog", "")).isEmpty();
        assertThat(read("trufflehog", "\uFEFF" + TRUFFLEHOG)).hasSize(1);
    }

    @Test
    void fields_that_nobody_knows_and_texts_that_nobody_needs_do_no_harm() {
        String odd = "{\"Secret\": \"a\", \"New\": {\"Deep\": [[{\"Secret\": 1}]]}, \"Match\": \"" + "x".repeat(100_000)
                + "\", \"StartLine\": null, \"RuleID\": 7, \"File\": \"\u202Eevil\"}";
        Seen seen = read("gitleaks", '[' + odd + ']').get(0);

        assertThat(seen.rule()).isEqualTo("7");
        assertThat(seen.place()).isEqualTo("?evil");
    }

    @Test
    void a_place_that_holds_the_value_is_not_told() {
        Seen seen = read("gitleaks", "[{\"Secret\": \"hunter2\", \"File\": \"keys/hunter2.txt\", \"RuleID\": \"r\"}]")
                .get(0);

        assertThat(seen.place()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "null",
                "\"hunter2\"",
                "[\"hunter2\"]",
                "[{\"Secret\": \"hunter2\"}",
                "[{\"Secret\": \"hunter2",
                "[{\"Secret\": \"hunter2\"}] []",
                "hunter2",
                "PK\u0003\u0004 hunter2"
            })
    void what_is_no_report_is_refused_without_being_quoted(String report) {
        InvalidInput refused = catchThrowableOfType(InvalidInput.class, () -> read("gitleaks", report));

        assertThat(refused).isNotNull();
        assertThat(refused.field()).isEqualTo("report");
        assertThat(String.valueOf(refused.getMessage())).doesNotContain("hunter2");
        assertThat(refused.getCause()).isNull();
    }

    @Test
    void what_is_nested_without_end_or_a_text_without_end_is_refused() {
        assertThat(catchThrowableOfType(InvalidInput.class, () -> read("gitleaks", "[{\"a\":" + "[".repeat(100_000))))
                .isNotNull();
        assertThat(catchThrowableOfType(
                        InvalidInput.class,
                        () -> read("gitleaks", "[{\"Secret\": \"" + "x".repeat(2 * 1024 * 1024) + "\"}]")))
                .isNotNull();
    }

    /** A gigabyte would be refused by its size; a quarter of it is read with the memory for one finding. */
    @Test
    @SuppressWarnings("JdkObsolete") // a sequence of streams is made of an Enumeration
    void a_large_report_is_read_in_little_memory() throws IOException {
        byte[] one = (GITLEAKS + ",").getBytes(StandardCharsets.UTF_8);
        int times = 250 * 1024 * 1024 / one.length;
        byte[] begin = "[".getBytes(StandardCharsets.UTF_8);
        byte[] end = (GITLEAKS + "]").getBytes(StandardCharsets.UTF_8);
        AtomicLong part = new AtomicLong();
        InputStream report = new SequenceInputStream(new Enumeration<>() {
            @Override
            public boolean hasMoreElements() {
                return part.get() < times + 2L;
            }

            @Override
            public InputStream nextElement() {
                long number = part.getAndIncrement();
                return new ByteArrayInputStream(number == 0 ? begin : number <= times ? one : end);
            }
        });
        AtomicLong seen = new AtomicLong();
        AtomicLong most = new AtomicLong();
        ScanTally tally = new ScanTally();
        System.gc();
        long before = used();
        ScanFormat.of("gitleaks").read(report, finding -> {
            tally.add(finding, Optional.of("f".repeat(64)));
            if (seen.incrementAndGet() % 100_000 == 0) {
                System.gc();
                most.accumulateAndGet(used() - before, Math::max);
            }
        });

        assertThat(tally.findings()).isEqualTo(times + 1L);
        assertThat(tally.result(Collections.emptyMap()).lines()).hasSize(1);
        assertThat(most.get()).isLessThan(8L * 1024 * 1024);
    }

    private static long used() {
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    @ParameterizedTest
    @CsvSource({
        "postgres://orders:hunter2@db.example.com:5432/orders, hunter2",
        "jdbc:postgresql://orders:a%2Fb+c@db/orders, a/b+c",
        "https://:only@host, only"
    })
    void the_password_within_an_address_is_a_value_too(String address, String password) {
        assertThat(Passwords.within(SecretValue.of(address))).contains(SecretValue.of(password));
    }

    @ParameterizedTest
    @ValueSource(strings = {"hunter2", "https://host/path", "https://user@host", "https://user:@host", "a://b:c d"})
    void other_values_stand_for_themselves(String value) {
        assertThat(Passwords.within(SecretValue.of(value))).isEmpty();
    }

    private static List<Seen> read(String format, String report) {
        List<Seen> seen = new ArrayList<>();
        try {
            ScanFormat.of(format)
                    .read(
                            new ByteArrayInputStream(report.getBytes(StandardCharsets.UTF_8)),
                            finding -> seen.add(new Seen(
                                    finding.rule(),
                                    finding.place(),
                                    finding.values().stream()
                                            .map(value -> SecretValue.of(value.<byte[]>expose(bytes -> bytes.clone())))
                                            .toList())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return seen;
    }
}
