package dev.lockstep.web;

import dev.lockstep.domain.InvalidInput;
import dev.lockstep.domain.SecretValue;
import dev.lockstep.port.People;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletResponse;
import java.security.Principal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The page on which people replace their own passwords; the only one that a one-time password opens. */
@Controller
@Hidden
@RequestMapping("/password")
class OwnPasswordPage {

    private final People people;

    OwnPasswordPage(People people) {
        this.people = people;
    }

    @GetMapping
    String ask(Principal user, Model model) {
        model.addAttribute("user", user.getName());
        model.addAttribute(
                "oneTime",
                people.find(user.getName())
                        .filter(People.Person::oneTimePassword)
                        .isPresent());
        return "password";
    }

    @PostMapping
    String replace(
            @RequestParam(defaultValue = "") String present,
            @RequestParam(defaultValue = "") String next,
            @RequestParam(defaultValue = "") String again,
            Principal user,
            Model model,
            HttpServletResponse response) {
        try {
            replace(user.getName(), present, next, again);
            return "redirect:/login?changed";
        } catch (InvalidInput refused) {
            response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
            model.addAttribute("complaint", refused.getMessage());
            return ask(user, model);
        }
    }

    private void replace(String user, String present, String next, String again) {
        if (present.isEmpty() || next.isEmpty()) {
            throw new InvalidInput(present.isEmpty() ? "present" : "next", "both passwords are needed");
        }
        if (!next.equals(again)) {
            throw new InvalidInput("again", "the two new passwords are not the same");
        }
        try (SecretValue old = SecretValue.of(present);
                SecretValue fresh = SecretValue.of(next)) {
            people.replacePassword(user, old, fresh);
        }
    }
}
