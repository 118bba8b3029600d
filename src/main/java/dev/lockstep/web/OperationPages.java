package dev.lockstep.web;

import dev.lockstep.domain.Operation;
import dev.lockstep.port.Lifecycles;
import dev.lockstep.port.Rotations;
import io.swagger.v3.oas.annotations.Hidden;
import java.security.Principal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;

/** Leads to an operation, and asks an operator once more before it is rolled back, cancelled or resumed. */
@Controller
@Hidden
@RequestMapping("/operations/{id}")
class OperationPages {

    private final OperationViews views;
    private final Rotations rotations;
    private final Lifecycles lifecycles;

    OperationPages(OperationViews views, Rotations rotations, Lifecycles lifecycles) {
        this.views = views;
        this.rotations = rotations;
        this.lifecycles = lifecycles;
    }

    @GetMapping
    String show(@PathVariable String id) {
        return leadTo(known(id));
    }

    @GetMapping("/roll-back")
    String askRollBack(@PathVariable String id, Model model) {
        return ask("roll-back", known(id), model);
    }

    @PostMapping("/roll-back")
    String rollBack(@PathVariable String id, Principal user) {
        Operation operation = known(id);
        rotations.rollBack(operation.id(), user.getName());
        return leadTo(operation);
    }

    @GetMapping("/cancel")
    String askCancel(@PathVariable String id, Model model) {
        return ask("cancel", known(id), model);
    }

    @PostMapping("/cancel")
    String cancel(@PathVariable String id, Principal user) {
        Operation operation = known(id);
        lifecycles.cancel(operation.id(), user.getName());
        return leadTo(operation);
    }

    @GetMapping("/resume")
    String askResume(@PathVariable String id, Model model) {
        return ask("resume", known(id), model);
    }

    @PostMapping("/resume")
    String resume(@PathVariable String id, Principal user) {
        Operation operation = known(id);
        rotations.resume(operation.id(), user.getName());
        return leadTo(operation);
    }

    /** The operation's place on the page of its credential. */
    static String leadTo(Operation operation) {
        return "redirect:/credentials/" + operation.credential() + "#" + operation.label();
    }

    private String ask(String what, Operation operation, Model model) {
        model.addAttribute("what", what);
        model.addAttribute("operation", views.withoutAttempts(operation));
        return "confirm";
    }

    private Operation known(String id) {
        return views.known(Inputs.operation(id));
    }
}
