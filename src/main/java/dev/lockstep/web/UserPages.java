package dev.lockstep.web;

import dev.lockstep.domain.InvalidInput;
import dev.lockstep.domain.SecretValue;
import dev.lockstep.port.People;
import dev.lockstep.port.SecondFactors;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletResponse;
import java.security.Principal;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The pages on which an administrator adds users and changes them. */
@Controller
@Hidden
@RequestMapping("/users")
class UserPages {

    private final People people;
    private final SecondFactors factors;

    UserPages(People people, SecondFactors factors) {
        this.people = people;
        this.factors = factors;
    }

    @GetMapping
    String list(Model model) {
        return list(model, "", "", List.of());
    }

    @PostMapping
    String add(
            @RequestParam(defaultValue = "") String id,
            @RequestParam(defaultValue = "") String displayName,
            @RequestParam MultiValueMap<String, String> form,
            Principal user,
            Model model,
            HttpServletResponse response) {
        String name = displayName.strip();
        List<String> roles = RoleLine.read(form);
        try (SecretValue password = people.add(user.getName(), id.strip(), name, roles)) {
            return showOnce(model, id.strip(), password);
        } catch (InvalidInput refused) {
            complain(model, response, refused);
            return list(model, id, name, roles);
        }
    }

    @GetMapping("/{id}")
    String one(@PathVariable String id, Model model) {
        People.Person person = known(id);
        return one(model, person, person.displayName(), person.roles());
    }

    @PostMapping("/{id}")
    String change(
            @PathVariable String id,
            @RequestParam(defaultValue = "") String displayName,
            @RequestParam MultiValueMap<String, String> form,
            Principal user,
            Model model,
            HttpServletResponse response) {
        People.Person person = known(id);
        List<String> roles = RoleLine.read(form);
        try {
            people.change(user.getName(), id, displayName.strip(), roles);
            return "redirect:/users";
        } catch (InvalidInput refused) {
            complain(model, response, refused);
            return one(model, person, displayName, roles);
        }
    }

    @PostMapping("/{id}/password")
    String resetPassword(@PathVariable String id, Principal user, Model model) {
        known(id);
        try (SecretValue password = people.resetPassword(user.getName(), id)) {
            return showOnce(model, id, password);
        }
    }

    @PostMapping("/{id}/second-factor")
    String removeSecondFactor(@PathVariable String id, Principal user) {
        known(id);
        factors.remove(user.getName(), id);
        return "redirect:/users/" + id;
    }

    @PostMapping("/{id}/disable")
    String disable(@PathVariable String id, Principal user, Model model, HttpServletResponse response) {
        People.Person person = known(id);
        try {
            people.disable(user.getName(), id);
            return "redirect:/users";
        } catch (InvalidInput refused) {
            complain(model, response, refused);
            return one(model, person, person.displayName(), person.roles());
        }
    }

    @PostMapping("/{id}/enable")
    String enable(@PathVariable String id, Principal user) {
        known(id);
        people.enable(user.getName(), id);
        return "redirect:/users";
    }

    private String list(Model model, String id, String displayName, List<String> roles) {
        model.addAttribute("users", people.list());
        model.addAttribute("id", id);
        model.addAttribute("displayName", displayName);
        model.addAttribute("roles", RoleLine.all(people.roles(), roles));
        return "users";
    }

    private String one(Model model, People.Person person, String displayName, List<String> roles) {
        model.addAttribute("user", person);
        model.addAttribute("displayName", displayName);
        model.addAttribute("roles", RoleLine.all(people.roles(), roles));
        return "user";
    }

    private String showOnce(Model model, String id, SecretValue password) {
        model.addAttribute("login", FreshLogin.of(UserView.of(known(id)), password));
        return "one-time-password";
    }

    private static void complain(Model model, HttpServletResponse response, InvalidInput refused) {
        response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
        model.addAttribute("complaint", sentence(refused.getMessage()));
    }

    private static String sentence(@Nullable String message) {
        String text = Objects.requireNonNullElse(message, "this was refused");
        return Character.toUpperCase(text.charAt(0)) + text.substring(1) + ".";
    }

    private People.Person known(String id) {
        return people.find(id).orElseThrow(() -> new NotFound("There is no such user."));
    }
}
