package dev.lockstep.web;

import dev.lockstep.domain.Area;
import dev.lockstep.domain.Conflict;
import dev.lockstep.domain.Definition;
import dev.lockstep.domain.Endpoint;
import dev.lockstep.domain.InvalidInput;
import dev.lockstep.domain.Operation;
import dev.lockstep.domain.Policy;
import dev.lockstep.port.Catalog;
import dev.lockstep.port.Lifecycles;
import dev.lockstep.port.Permits;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletResponse;
import java.security.Principal;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Asks for a new credential. What is refused comes back with what was filled in and the reason at its field. */
@Controller
@Hidden
@RequestMapping("/credentials/request")
class RequestPage {

    private final Catalog catalog;
    private final Lifecycles lifecycles;
    private final Permits permits;

    RequestPage(Catalog catalog, Lifecycles lifecycles, Permits permits) {
        this.catalog = catalog;
        this.permits = permits;
        this.lifecycles = lifecycles;
    }

    @GetMapping
    String ask(Model model) {
        return form(Map.of(), model);
    }

    @PostMapping
    String request(
            @RequestParam Map<String, String> answers, Principal user, Model model, HttpServletResponse response) {
        try {
            IssuanceRequest request = request(answers);
            Definition definition = request.definition();
            permits.operate(Area.of(definition.name()));
            Operation operation = lifecycles.issue(definition, user.getName(), Inputs.reason(request.reason()));
            return OperationPages.leadTo(operation);
        } catch (InvalidInput refused) {
            response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
            model.addAttribute("wrong", refused.field());
            model.addAttribute("problem", refused.getMessage());
        } catch (Conflict refused) {
            response.setStatus(HttpServletResponse.SC_CONFLICT);
            model.addAttribute("wrong", "name");
            model.addAttribute("problem", refused.getMessage());
        }
        return form(answers, model);
    }

    private String form(Map<String, String> answers, Model model) {
        model.addAttribute("given", answers);
        model.addAttribute(
                "targets", catalog.targets().stream().map(Endpoint::name).toList());
        model.addAttribute(
                "stores", catalog.stores().stream().map(Endpoint::name).toList());
        model.addAttribute(
                "policies",
                catalog.policies().stream()
                        .filter(policy -> policy.issuance().isPresent())
                        .map(Policy::name)
                        .toList());
        return "request";
    }

    private static IssuanceRequest request(Map<String, String> answers) {
        return new IssuanceRequest(
                answers.get("name"),
                answers.get("owner"),
                answers.get("kind"),
                answers.get("target"),
                answers.get("store"),
                list(answers, "mirrors"),
                answers.get("policy"),
                list(answers, "principals"),
                map(answers, "settings"),
                list(answers, "consumers"),
                map(answers, "labels"),
                answers.get("expires"),
                answers.get("reason"));
    }

    /** Entries separated by commas or lines. */
    private static List<String> list(Map<String, String> answers, String field) {
        return Arrays.stream(answers.getOrDefault(field, "").split("[,\\n]", -1))
                .map(String::strip)
                .filter(entry -> !entry.isEmpty())
                .toList();
    }

    /** Entries like {@code key=value}, one on each line. */
    private static Map<String, String> map(Map<String, String> answers, String field) {
        Map<String, String> map = new LinkedHashMap<>();
        for (String line : answers.getOrDefault(field, "").split("\\n", -1)) {
            int equals = line.indexOf('=');
            if (equals > 0) {
                map.put(
                        line.substring(0, equals).strip(),
                        line.substring(equals + 1).strip());
            } else if (!line.isBlank()) {
                throw new InvalidInput(field, "write one entry like key=value on each line");
            }
        }
        return map;
    }
}
