package dev.lockstep.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.audit.AuditStand.Kind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataAccessException;

class AppendOnlyTest {

    private final Path directory;

    AppendOnlyTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE audit_event SET actor = 'mallory'",
                "TRUNCATE audit_event CASCADE",
                "UPDATE audit_seal SET hash = '' WHERE position = 1",
                "DELETE FROM audit_seal",
                "TRUNCATE audit_seal",
                "DELETE FROM audit_checkpoint",
                "UPDATE audit_checkpoint SET position = 2"
            })
    void postgresItselfRefusesToChangeTheTrail(String statement) {
        try (AuditStand stand = AuditStand.open(Kind.POSTGRESQL, directory)) {
            stand.sealed(2);
            stand.checkpoint();

            assertThatThrownBy(() -> stand.jdbc.sql(statement).update())
                    .isInstanceOf(DataAccessException.class)
                    .hasStackTraceContaining("append-only");

            assertThat(stand.verify().intact()).isTrue();
        }
    }

    @Test
    void postgresLetsGoOfWhatWasArchivedAndOfNothingElse() {
        try (AuditStand stand = AuditStand.open(Kind.POSTGRESQL, directory)) {
            stand.sealed(3);
            stand.clock.advance(Duration.ofDays(32));
            stand.sealed(1);
            stand.checkpoint();
            stand.archiver().run();
            assertThat(stand.count("audit_event")).isEqualTo(2);

            for (String statement : List.of(
                    "DELETE FROM audit_seal WHERE position = 4",
                    "DELETE FROM audit_event WHERE NOT EXISTS (SELECT 1 FROM audit_seal WHERE event_id = id)",
                    "DELETE FROM audit_archive",
                    "UPDATE audit_archive SET position = 9",
                    "TRUNCATE audit_archive")) {
                assertThatThrownBy(() -> stand.jdbc.sql(statement).update())
                        .as(statement)
                        .isInstanceOf(DataAccessException.class)
                        .hasStackTraceContaining("append-only");
            }
            assertThat(stand.verify().intact()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void aSealedEventIsKeptByItsSeal(Kind kind) {
        try (AuditStand stand = AuditStand.open(kind, directory)) {
            stand.sealed(2);

            assertThatThrownBy(() -> stand.jdbc.sql("DELETE FROM audit_event").update())
                    .isInstanceOf(DataAccessException.class);
        }
    }
}
