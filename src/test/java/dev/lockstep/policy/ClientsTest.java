package dev.lockstep.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.domain.Endpoint;
import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.InvalidInput;
import dev.lockstep.domain.PermanentException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClientsTest {

    private final List<Endpoint> opened = new ArrayList<>();
    private final Map<String, Endpoint> configured = new HashMap<>();
    private final Clients<Object> clients =
            new Clients<>(new Adapters<>("target", Map.of("inert", this::open)), () -> configured);

    private Object open(Endpoint endpoint) {
        if (endpoint.settings().containsKey("bad")) {
            throw new InvalidInput("bad", "is not a setting");
        }
        opened.add(endpoint);
        return new Object();
    }

    private void configure(String name, Map<String, String> settings) {
        configured.put(name, new Endpoint(name, "inert", settings));
    }

    @Test
    void opensAClientAtTheFirstUseAndKeepsIt() {
        configure("db", Map.of());
        assertThat(opened).isEmpty();

        Object first = clients.client("db");

        assertThat(clients.client("db")).isSameAs(first);
        assertThat(opened).hasSize(1);
    }

    @Test
    void opensAnotherClientWhenTheDefinitionHasChanged() {
        configure("db", Map.of("host", "old"));
        Object old = clients.client("db");
        configure("other", Map.of());
        Object other = clients.client("other");

        configure("db", Map.of("host", "new"));

        assertThat(clients.client("db")).isNotSameAs(old);
        assertThat(clients.client("other")).isSameAs(other);
    }

    @Test
    void forgetsTheClientOfADefinitionThatIsGone() {
        configure("db", Map.of("host", "old"));
        Object old = clients.client("db");
        configure("db", Map.of("host", "new"));
        clients.client("db");

        configure("db", Map.of("host", "old"));

        assertThat(clients.client("db")).isNotSameAs(old);
    }

    @Test
    void refusesANameThatIsNotConfigured() {
        assertThatThrownBy(() -> clients.client("nowhere"))
                .isInstanceOfSatisfying(
                        PermanentException.class, e -> assertThat(e.code()).isEqualTo(FailureCode.MISCONFIGURED))
                .hasMessageContaining("no target named nowhere is configured");
    }

    @Test
    void namesTheSettingThatTheAdapterRefuses() {
        configure("db", Map.of("bad", "1"));

        assertThatThrownBy(() -> clients.client("db"))
                .isInstanceOfSatisfying(
                        PermanentException.class, e -> assertThat(e.code()).isEqualTo(FailureCode.MISCONFIGURED))
                .hasMessageContaining("target db: setting bad: is not a setting");
    }
}
