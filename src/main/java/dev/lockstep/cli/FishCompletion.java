package dev.lockstep.cli;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The completion script for fish, which picocli does not write. */
final class FishCompletion {

    private static final String START = """
            # Completion of lockstep for fish.
            function __lockstep_at
                # Whether the words so far name exactly this command.
                set -l words (commandline -opc)
                set -l named
                for word in $words[2..-1]
                    string match -q -- '-*' $word; or set -a named $word
                end
                test (count $named) -ge (count $argv); or return 1
                for i in (seq (count $argv))
                    test "$named[$i]" = "$argv[$i]"; or return 1
                end
            end
            function __lockstep_only
                set -l words (commandline -opc)
                set -l named
                for word in $words[2..-1]
                    string match -q -- '-*' $word; or set -a named $word
                end
                test "$named" = "$argv"
            end
            complete -c lockstep -f
            """;

    private FishCompletion() {}

    static String of(CommandLine root) {
        StringBuilder script = new StringBuilder(START);
        add(script, root, List.of());
        return script.toString();
    }

    private static void add(StringBuilder script, CommandLine command, List<String> path) {
        String words = String.join(" ", path);
        for (Map.Entry<String, CommandLine> sub : command.getSubcommands().entrySet()) {
            script.append("complete -c lockstep -n '__lockstep_only ")
                    .append(words)
                    .append("' -a ")
                    .append(sub.getKey())
                    .append(" -d '")
                    .append(described(sub.getValue().getCommandSpec()))
                    .append("'\n");
        }
        for (OptionSpec option : command.getCommandSpec().options()) {
            if (!option.inherited()) {
                script.append("complete -c lockstep -n '__lockstep_at ")
                        .append(words)
                        .append("'")
                        .append(names(option))
                        .append(takes(option))
                        .append(" -d '")
                        .append(quoted(first(option.description())))
                        .append("'\n");
            }
        }
        command.getSubcommands().forEach((name, sub) -> {
            List<String> longer = new java.util.ArrayList<>(path);
            longer.add(name);
            add(script, sub, longer);
        });
    }

    private static String names(OptionSpec option) {
        return List.of(option.names()).stream()
                .map(name -> name.startsWith("--") ? " -l " + name.substring(2) : " -s " + name.substring(1))
                .collect(Collectors.joining());
    }

    /** Files are completed where an option takes one. */
    private static String takes(OptionSpec option) {
        if (option.arity().max() == 0) {
            return "";
        }
        return option.paramLabel().equals("FILE") ? " -r -F" : " -x";
    }

    private static String described(CommandSpec command) {
        return quoted(first(command.usageMessage().description()));
    }

    private static String first(String[] lines) {
        return lines.length == 0 ? "" : lines[0].replaceAll("\\$\\{[^}]*}", "").replace("%n", " ");
    }

    private static String quoted(String text) {
        return text.replace("\\", "\\\\").replace("'", "\\'");
    }
}
