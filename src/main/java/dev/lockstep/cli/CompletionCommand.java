package dev.lockstep.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes what a shell needs to complete commands and options. */
@Command(
        name = "completion",
        description = {
            "Write the completion script of a shell to standard output.",
            "",
            "bash:  source <(lockstep completion bash)",
            "zsh:   source <(lockstep completion zsh)",
            "fish:  lockstep completion fish | source"
        })
final class CompletionCommand implements Callable<Integer> {

    @Parameters(paramLabel = "SHELL", description = "bash, zsh or fish")
    String shell = "";

    @Spec
    CommandSpec spec = CommandSpec.create();

    private final Lockstep lockstep;

    CompletionCommand(Lockstep lockstep) {
        this.lockstep = lockstep;
    }

    @Override
    public Integer call() {
        CommandLine root = spec.root().commandLine();
        String script = switch (shell) {
            case "bash" -> AutoComplete.bash("lockstep", root);
            case "zsh" -> "autoload -U +X compinit && compinit -u\n" + AutoComplete.bash("lockstep", root);
            case "fish" -> FishCompletion.of(root);
            default -> throw CliException.usage("The shell is bash, zsh or fish.");
        };
        lockstep.terminal().out().print(script);
        return 0;
    }
}
