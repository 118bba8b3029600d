package dev.lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The reference of the command line is written from the commands themselves. */
class ReferenceTest {

    private static final Path REFERENCE = Path.of("docs/cli-reference.md");

    /** To write it anew: {@code -Dlockstep.write-reference=true}. */
    @Test
    void the_reference_says_what_the_commands_say() throws IOException {
        String reference = reference();
        if (Boolean.getBoolean("lockstep.write-reference")) {
            Files.writeString(REFERENCE, reference);
        }

        assertThat(REFERENCE)
                .as("write it anew: mvn test -Dtest=ReferenceTest -DargLine=-Dlockstep.write-reference=true")
                .content()
                .isEqualTo(reference);
    }

    private static String reference() {
        CommandLine root = Commands.all(new Shell(Path.of("nowhere")).terminal(new StringWriter(), new StringWriter()));
        StringBuilder text = new StringBuilder("""
                # Commands of the command line

                Written from the commands themselves; the guide is [here](cli.md).

                ## Options of all commands

                """);
        root.getCommandSpec().options().forEach(option -> text.append(line(option)));
        describe(text, root);
        return text.toString();
    }

    private static void describe(StringBuilder text, CommandLine command) {
        for (CommandLine sub : Set.copyOf(command.getSubcommands().values()).stream()
                .sorted((one, other) -> name(one).compareTo(name(other)))
                .toList()) {
            CommandSpec spec = sub.getCommandSpec();
            text.append("\n## ").append(name(sub)).append("\n\n");
            text.append(String.join("\n", spec.usageMessage().description()).replace("\n\n", "\n"))
                    .append('\n');
            if (spec.aliases().length > 0) {
                text.append("\nAlso: ")
                        .append(String.join(", ", new TreeSet<>(Set.of(spec.aliases()))))
                        .append('\n');
            }
            StringBuilder arguments = new StringBuilder();
            spec.positionalParameters().forEach(parameter -> arguments.append(line(parameter)));
            spec.options().stream()
                    .filter(option -> !option.inherited())
                    .forEach(option -> arguments.append(line(option)));
            if (!arguments.isEmpty()) {
                text.append('\n').append(arguments);
            }
            describe(text, sub);
        }
    }

    private static String name(CommandLine command) {
        return command.getCommandSpec().qualifiedName();
    }

    private static String line(OptionSpec option) {
        String value = option.arity().max() == 0 ? "" : "=" + option.paramLabel();
        return "- `" + String.join("`, `", option.names()) + value + "`" + (option.required() ? ", needed" : "") + ": "
                + description(option);
    }

    private static String line(PositionalParamSpec parameter) {
        return "- `" + parameter.paramLabel() + "`" + (parameter.required() ? "" : ", optional") + ": "
                + description(parameter);
    }

    private static String description(ArgSpec argument) {
        String defaultValue = argument.defaultValue();
        return String.join(" ", argument.description())
                        .replace("${DEFAULT-VALUE}", defaultValue == null ? "none" : defaultValue)
                        .replace("$${", "${")
                + "\n";
    }
}
