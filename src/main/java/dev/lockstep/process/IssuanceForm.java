package dev.lockstep.process;

import dev.lockstep.domain.Area;
import dev.lockstep.domain.Conflict;
import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.Definition;
import dev.lockstep.domain.Expiry;
import dev.lockstep.domain.InvalidInput;
import dev.lockstep.port.Lifecycles;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.camunda.bpm.engine.AuthorizationException;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.impl.form.validator.FormFieldValidationException;
import org.camunda.bpm.engine.impl.identity.Authentication;

/** What a person has filled in to ask for a credential. */
final class IssuanceForm {

    private final DelegateExecution execution;

    IssuanceForm(DelegateExecution execution) {
        this.execution = execution;
    }

    /**
     * Queues the request of the person who is logged in, and notes the operation for the record.
     *
     * @param objection what stands in the way of operating in an area
     */
    void queue(Lifecycles lifecycles, Function<Area, Optional<String>> objection) {
        try {
            Definition definition = definition();
            objection.apply(Area.of(definition.name())).ifPresent(sentence -> {
                throw new AuthorizationException(sentence);
            });
            long operation =
                    lifecycles.issue(definition, person(), text("reason")).id();
            execution.setVariable("requested", operation);
        } catch (InvalidInput refused) {
            throw new FormFieldValidationException(refused.field(), refused.field() + ": " + refused.getMessage());
        } catch (Conflict refused) {
            throw new FormFieldValidationException("form", refused.getMessage());
        }
    }

    private String person() {
        Authentication person =
                execution.getProcessEngineServices().getIdentityService().getCurrentAuthentication();
        if (person == null) {
            throw new AuthorizationException("only somebody who is logged in can ask for a credential");
        }
        return person.getUserId();
    }

    private Definition definition() {
        return new Definition(
                CredentialName.of(text("name")),
                text("owner"),
                text("kind"),
                text("target"),
                text("store"),
                list("mirrors"),
                text("policy"),
                list("principals"),
                map("settings"),
                list("consumers"),
                map("labels"),
                Optional.of(text("expires")).filter(end -> !end.isEmpty()).map(Expiry::of));
    }

    private String text(String field) {
        return Objects.toString(execution.getVariable(field), "").strip();
    }

    /** Entries separated by commas or lines. */
    private List<String> list(String field) {
        return Arrays.stream(text(field).split("[,\\n]", -1))
                .map(String::strip)
                .filter(entry -> !entry.isEmpty())
                .toList();
    }

    /** Entries like {@code key=value}, one on each line. */
    private Map<String, String> map(String field) {
        Map<String, String> map = new HashMap<>();
        for (String line : text(field).split("\\n", -1)) {
            if (!line.isBlank()) {
                int equals = line.indexOf('=');
                if (equals < 1) {
                    throw new InvalidInput(field, "write one entry like key=value on each line");
                }
                map.put(
                        line.substring(0, equals).strip(),
                        line.substring(equals + 1).strip());
            }
        }
        return map;
    }
}
