package dev.lockstep.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.audit.AuditStand.Kind;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
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
                "DELETE FROM audit_event WHERE id = 1",
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
    void h2RefusesToDeleteASealedEvent() {
        try (AuditStand stand = AuditStand.open(Kind.H2, directory)) {
            stand.sealed(2);

            assertThatThrownBy(() -> stand.jdbc.sql("DELETE FROM audit_event").update())
                    .isInstanceOf(DataAccessException.class);
        }
    }
}
