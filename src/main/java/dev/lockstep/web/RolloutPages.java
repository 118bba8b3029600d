package dev.lockstep.web;

import dev.lockstep.domain.RolloutRule;
import dev.lockstep.port.Rollouts;
import io.swagger.v3.oas.annotations.Hidden;
import java.security.Principal;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** What designers do with a roll-out on the page of its process. */
@Controller
@Hidden
@RequestMapping("/processes/{process}/rollouts")
class RolloutPages {

    private final Rollouts rollouts;

    RolloutPages(Rollouts rollouts) {
        this.rollouts = rollouts;
    }

    @PostMapping
    String open(
            @PathVariable String process, @RequestParam String versionTag, @RequestParam int share, Principal user) {
        rollouts.open(process, versionTag, percent(share), RolloutRule.USUAL, user.getName());
        return leadTo(process);
    }

    @PostMapping("/{id}/share")
    String widen(@PathVariable String process, @PathVariable long id, @RequestParam int share, Principal user) {
        rollouts.widen(process, id, percent(share), user.getName());
        return leadTo(process);
    }

    @PostMapping("/{id}/complete")
    String complete(@PathVariable String process, @PathVariable long id, Principal user) {
        rollouts.complete(process, id, user.getName());
        return leadTo(process);
    }

    @PostMapping("/{id}/return")
    String giveBack(
            @PathVariable String process,
            @PathVariable long id,
            @RequestParam(required = false) @Nullable String reason,
            Principal user) {
        rollouts.giveBack(process, id, user.getName(), Inputs.reason(reason));
        return leadTo(process);
    }

    private static int percent(int share) {
        return Inputs.between("share", share, 1, 100);
    }

    /** The process is known by now, so its name is no address of another site. */
    private static String leadTo(String process) {
        return "redirect:/processes/" + process + "#rollouts";
    }
}
