package dev.lockstep.access;

import io.swagger.v3.oas.annotations.Hidden;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The page on which people log in. */
@Controller
@Hidden
class LoginPage {

    private final ObjectProvider<ProviderSurface> provider;
    private final PasswordRule passwords;

    LoginPage(ObjectProvider<ProviderSurface> provider, PasswordRule passwords) {
        this.provider = provider;
        this.passwords = passwords;
    }

    @GetMapping("/login")
    String show(@RequestParam(name = "provider", required = false) @Nullable String reason, Model model) {
        provider.ifAvailable(known -> model.addAttribute("provider", known.name()));
        model.addAttribute("everybody", passwords.everybody());
        Arrays.stream(ProviderRefusal.Reason.values())
                .filter(each -> each.code().equals(reason))
                .findFirst()
                .ifPresent(each -> model.addAttribute("complaint", each.sentence()));
        return "login";
    }
}
