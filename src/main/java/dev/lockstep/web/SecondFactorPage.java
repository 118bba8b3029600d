package dev.lockstep.web;

import dev.lockstep.domain.InvalidInput;
import dev.lockstep.domain.SecretValue;
import dev.lockstep.port.SecondFactors;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.List;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The page on which people set up their second factor, give it, and return to what they were about to do. */
@Controller
@Hidden
@RequestMapping("/second-factor")
class SecondFactorPage {

    private static final String OVERVIEW = "/";

    private final SecondFactors factors;

    SecondFactorPage(SecondFactors factors) {
        this.factors = factors;
    }

    @GetMapping
    String show(@RequestParam(defaultValue = OVERVIEW) String next, Principal user, Model model) {
        model.addAttribute("user", user.getName());
        model.addAttribute("next", local(next));
        model.addAttribute("way", factors.way(user.getName()).name());
        factors.fresh().ifPresent(length -> model.addAttribute("within", Moments.length(length)));
        return "second-factor";
    }

    @PostMapping
    String give(
            @RequestParam(defaultValue = "") String code,
            @RequestParam(defaultValue = OVERVIEW) String next,
            Principal user,
            Model model,
            HttpServletResponse response) {
        try (SecretValue given = typed(code)) {
            factors.give(user.getName(), given);
            return "redirect:" + local(next);
        } catch (InvalidInput refused) {
            complain(refused, model, response);
            return show(next, user, model);
        }
    }

    @PostMapping("/begin")
    String begin(@RequestParam(defaultValue = OVERVIEW) String next, Principal user, Model model) {
        return enrol(factors.begin(user.getName()), next, user, model);
    }

    @PostMapping("/confirm")
    String confirm(
            @RequestParam(defaultValue = "") String code,
            @RequestParam(defaultValue = OVERVIEW) String next,
            Principal user,
            Model model,
            HttpServletResponse response) {
        try (SecretValue given = typed(code)) {
            List<SecretValue> codes = factors.confirm(user.getName(), given);
            model.addAttribute(
                    "codes", codes.stream().map(SecondFactorPage::shown).toList());
            codes.forEach(SecretValue::close);
            model.addAttribute("next", local(next));
            return "recovery-codes";
        } catch (InvalidInput refused) {
            complain(refused, model, response);
            return factors.pending(user.getName())
                    .map(waiting -> enrol(waiting, next, user, model))
                    .orElseGet(() -> show(next, user, model));
        }
    }

    private static String enrol(SecondFactors.Enrolment enrolment, String next, Principal user, Model model) {
        try (SecretValue text = enrolment.text();
                SecretValue address = enrolment.address()) {
            model.addAttribute("user", user.getName());
            model.addAttribute("next", local(next));
            model.addAttribute("secret", shown(text).replaceAll("(.{4})(?!$)", "$1 "));
            model.addAttribute("picture", QrPicture.of(shown(address)));
            return "enrol-second-factor";
        }
    }

    private static SecretValue typed(String code) {
        if (code.isBlank() || code.length() > 40) {
            throw new InvalidInput("code", "a code has six digits; a recovery code has 16 letters and digits");
        }
        return SecretValue.of(code.strip());
    }

    private static String shown(SecretValue secret) {
        return secret.expose(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }

    private static void complain(InvalidInput refused, Model model, HttpServletResponse response) {
        response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
        model.addAttribute("complaint", "That did not work: " + refused.getMessage() + ".");
    }

    /** A path of this site; anything else leads to the overview. */
    private static String local(String next) {
        boolean path = next.startsWith("/") && !next.startsWith("//") && next.indexOf('\\') < 0;
        return path && next.chars().allMatch(each -> each > ' ' && each < 0x7f) ? next : OVERVIEW;
    }
}
