package dev.lockstep.target.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.testing.PostgresServer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuotingTest {

    @ParameterizedTest
    @ValueSource(strings = {"a", "it's", "a\\", "\\'", "'; DROP ROLE x;--", "\"", "ä\n", "E'x'"})
    void a_text_is_quoted_as_the_server_quotes_it(String text) throws SQLException {
        try (Connection connection = PostgresServer.shared().connect("postgres");
                PreparedStatement statement = connection.prepareStatement("SELECT quote_literal(?)")) {
            statement.setString(1, text);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                assertThat(Quoting.literal(text).strip()).isEqualTo(row.getString(1));
            }
            assertThat(Fixture.value(connection, "SELECT " + Quoting.literal(text)))
                    .isEqualTo(text);
        }
    }

    @Test
    void a_name_keeps_case_and_doubles_quotes() {
        assertThat(Quoting.identifier("app\"; DROP ROLE x;--")).isEqualTo("\"app\"\"; DROP ROLE x;--\"");
        assertThat(Quoting.identifier("App")).isEqualTo("\"App\"");
    }

    @Test
    void the_length_of_a_name_counts_in_bytes() {
        assertThat(Quoting.isName("a".repeat(63))).isTrue();
        assertThat(Quoting.isName("a".repeat(64))).isFalse();
        assertThat(Quoting.isName("ä".repeat(32))).isFalse();
    }

    @Test
    void a_text_with_nul_is_refused() {
        assertThatThrownBy(() -> Quoting.literal("a\0")).isInstanceOf(IllegalArgumentException.class);
    }
}
