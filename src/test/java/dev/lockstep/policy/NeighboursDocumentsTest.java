package dev.lockstep.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.Neighbours;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Credentials that are not rotated together, or not before others, as the files say it. */
class NeighboursDocumentsTest {

    private final ConfigDir directory;

    NeighboursDocumentsTest(@TempDir Path root) {
        this.directory = Samples.all(new ConfigDir(root));
    }

    private NeighboursDocumentsTest credential(String what, String more) {
        directory.file("credentials/" + what + ".yaml", """
                kind: Credential
                name: prod/shop/postgres/%1$s
                owner: shop-team
                class: database-user
                target: orders-db
                store: main
                principal: %1$s
                policy: app-password
                """.formatted(what) + more);
        return this;
    }

    private static String after(String... names) {
        return "after: [prod/shop/postgres/" + String.join(", prod/shop/postgres/", names) + "]\n";
    }

    private Neighbours of(String what) {
        return Objects.requireNonNull(
                        directory.load().credentials().get(CredentialName.of("prod/shop/postgres/" + what)))
                .neighbours();
    }

    @Test
    void whomACredentialHasToMindIsRead() {
        credential("a", "apart: {group: pair, by: PT2H}\n" + after("c"))
                .credential("b", "apart: {group: pair}\n")
                .credential("c", "");

        assertThat(of("a"))
                .isEqualTo(new Neighbours(
                        Optional.of(new Neighbours.Apart("pair", Duration.ofHours(2))),
                        Set.of(CredentialName.of("prod/shop/postgres/c"))));
        assertThat(of("b").apart()).contains(new Neighbours.Apart("pair", Duration.ZERO));
        assertThat(of("c")).isEqualTo(Neighbours.NONE);
    }

    @Test
    void aCircleIsRefusedAndWrittenOut() {
        credential("a", after("b"))
                .credential("b", after("c", "d"))
                .credential("c", after("a"))
                .credential("d", "");

        ConfigurationError error = directory.error();

        assertThat(error.file()).endsWith("credentials/a.yaml");
        assertThat(error.line()).isEqualTo(9);
        assertThat(error.field()).isEqualTo("after[0]");
        assertThat(error.problem())
                .isEqualTo("nobody could begin: prod/shop/postgres/a waits for prod/shop/postgres/b waits for"
                        + " prod/shop/postgres/c waits for prod/shop/postgres/a");
        assertThat(error.advice()).contains("take one of them out");
    }

    @Test
    void nobodyWaitsForItself() {
        credential("a", after("a"));
        assertThat(directory.error().problem()).endsWith("prod/shop/postgres/a waits for prod/shop/postgres/a");
    }

    @Test
    void manyWaysToTheSameEndAreNoCircle() {
        credential("a", after("b", "c"))
                .credential("b", after("d"))
                .credential("c", after("d", "b"))
                .credential("d", "");
        assertThat(of("a").after()).hasSize(2);
    }

    @Test
    void someoneUnknownIsRefused() {
        credential("a", after("bb")).credential("b", "");

        ConfigurationError error = directory.error();

        assertThat(error.field()).isEqualTo("after[0]");
        assertThat(error.problem()).isEqualTo("there is no credential 'prod/shop/postgres/bb'");
        assertThat(error.advice()).startsWith("did you mean prod/shop/postgres/b?");
    }

    @Test
    void aGroupOfOneIsRefused() {
        credential("a", "apart: {group: pair}\n").credential("b", "apart: {group: pear}\n");

        assertThat(directory.errors())
                .extracting(ConfigurationError::field, ConfigurationError::problem)
                .containsExactly(
                        tuple("apart.group", "there is no other credential in the group 'pair'"),
                        tuple("apart.group", "there is no other credential in the group 'pear'"));
    }

    @Test
    void anOffsetOutOfRangeIsRefused() {
        credential("a", "apart: {group: pair, by: P31D}\n").credential("b", "apart: {group: pair}\n");
        assertThat(directory.error().field()).isEqualTo("apart.by");
    }
}
