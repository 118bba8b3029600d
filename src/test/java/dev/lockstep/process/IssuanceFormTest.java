package dev.lockstep.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.Definition;
import dev.lockstep.domain.Expiry;
import dev.lockstep.domain.Grants;
import dev.lockstep.domain.Operation;
import dev.lockstep.domain.Outcome;
import dev.lockstep.domain.Policy;
import dev.lockstep.port.EngineDirectory;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.camunda.bpm.engine.AuthorizationException;
import org.camunda.bpm.engine.FormService;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.form.StartFormData;
import org.camunda.bpm.engine.impl.form.validator.FormFieldValidationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;

/** The start form with which people ask for a credential in Tasklist. */
@ProcessTest
@Covers("issuance-request")
@Import(LifeStand.class)
class IssuanceFormTest {

    private static final CredentialName NAME = CredentialName.of("test/team/paper/asked-for");

    @Autowired
    LifeStand stand;

    @Autowired
    FormService forms;

    @Autowired
    IdentityService identities;

    @Autowired
    RepositoryService repository;

    @Autowired
    EngineDirectory directory;

    @BeforeEach
    void anOperatorIsLoggedIn() {
        stand.wanted(
                Given.policy()
                        .issuance(new Policy.Issuance(Grants.NONE, Set.of(), Optional.of(Duration.ofDays(1)), false))
                        .rules(),
                Optional.empty());
        directory.mirror("olga", "Olga", Set.of("operators"));
        directory.mirror("aud", "Aud", Set.of("auditors"));
        logIn("olga", "operators");
    }

    @AfterEach
    void nobodyIsLoggedIn() {
        identities.clearAuthentication();
    }

    private void logIn(String user, String group) {
        identities.setAuthentication(user, List.of(group));
    }

    private String definition() {
        return repository
                .createProcessDefinitionQuery()
                .processDefinitionKey("issuance-request")
                .latestVersion()
                .singleResult()
                .getId();
    }

    private static Map<String, Object> answers() {
        Map<String, Object> answers = new HashMap<>(Map.of(
                "name", NAME.value(),
                "owner", "team",
                "kind", "database-user",
                "target", "paper",
                "store", "main",
                "policy", "test"));
        answers.putAll(Map.of(
                "expires", "PT8H",
                "consumers", "web, batch\nreports",
                "settings", "database = orders\nprobe=SELECT 1, 2",
                "labels", "tier=gold",
                "reason", "a new report"));
        return answers;
    }

    private void submit(Map<String, Object> answers) {
        forms.submitStartForm(definition(), answers);
    }

    @Test
    void whatIsFilledInIsQueuedForThePersonWhoIsLoggedIn() {
        StartFormData form = forms.getStartFormData(definition());
        assertThat(form.getCamundaFormRef().getKey()).isEqualTo("request-credential");

        submit(answers());
        identities.clearAuthentication();

        Operation operation = stand.operations.active(NAME).orElseThrow();
        assertThat(operation.process()).isEqualTo("issuance");
        assertThat(operation.requestedBy()).isEqualTo("olga");
        assertThat(operation.reason()).isEqualTo("a new report");
        assertThat(stand.definitions.find(NAME))
                .contains(new Definition(
                        NAME,
                        "team",
                        "database-user",
                        "paper",
                        "main",
                        List.of(),
                        "test",
                        List.of("asked_for"),
                        Map.of("database", "orders", "probe", "SELECT 1, 2"),
                        List.of("web", "batch", "reports"),
                        Map.of("tier", "gold"),
                        Optional.of(new Expiry.After(Duration.ofHours(8)))));
        stand.dispatchOnce();
        assertThat(stand.now(operation).outcome()).isEqualTo(Outcome.ISSUED);
    }

    @Test
    void whatIsWrongIsToldWithTheNameOfTheFieldAndNothingIsQueued() {
        Map<String, String> wrong = Map.of(
                "target", "elsewhere",
                "expires", "tomorrow",
                "settings", "no equals sign",
                "owner", "no spaces",
                "consumers", "b*d");
        wrong.forEach((field, value) -> {
            Map<String, Object> answers = answers();
            answers.put(field, value);
            assertThatThrownBy(() -> submit(answers))
                    .isInstanceOf(FormFieldValidationException.class)
                    .hasMessageStartingWith(field + ": ");
        });
        Map<String, Object> secret = answers();
        secret.put("settings", "password=hunter2");
        assertThatThrownBy(() -> submit(secret))
                .isInstanceOf(FormFieldValidationException.class)
                .hasMessageContaining("looks like a secret")
                .hasMessageNotContaining("hunter2");
        Map<String, Object> name = answers();
        name.put("name", "test/../x/y");
        assertThatThrownBy(() -> submit(name)).hasMessageContaining("'name' does not match");
        Map<String, Object> smuggled = answers();
        smuggled.put("approved", true);
        assertThatThrownBy(() -> submit(smuggled)).hasMessageContaining("'approved' is not a field");
        identities.clearAuthentication();
        assertThat(stand.operations.active(NAME)).isEmpty();
        assertThat(stand.definitions.find(NAME)).isEmpty();
    }

    @Test
    void onlyWhoMayAskIsLetIn() {
        logIn("aud", "auditors");
        assertThatThrownBy(() -> submit(answers())).isInstanceOf(AuthorizationException.class);
        identities.clearAuthentication();
        assertThatThrownBy(() -> submit(answers()))
                .isInstanceOf(AuthorizationException.class)
                .hasMessageContaining("logged in");
        assertThat(stand.operations.active(NAME)).isEmpty();
    }

    @Test
    void nobodyStartsTheIssuanceItself() {
        String issuance = repository
                .createProcessDefinitionQuery()
                .processDefinitionKey("issuance")
                .latestVersion()
                .singleResult()
                .getId();
        assertThatThrownBy(() -> stand.runtime.startProcessInstanceById(issuance))
                .isInstanceOf(AuthorizationException.class);
    }
}
