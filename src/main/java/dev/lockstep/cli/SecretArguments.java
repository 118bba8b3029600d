package dev.lockstep.cli;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Refuses secrets on the command line, where every user of the machine can read them in the list of processes. */
final class SecretArguments {

    private static final Pattern OPTION = Pattern.compile(
            "--?([^=]*[-_])?(pass|passwd|password|passphrase|pwd|secret|token|api-?key|leaked|value)(=.*)?");
    private static final Pattern LOGIN_IN_ADDRESS = Pattern.compile("https?://[^/@\\s]*:[^/@\\s]*@.*");

    private SecretArguments() {}

    /** Looks at all arguments before anything else does; never repeats what may be the secret. */
    static void refuse(String[] arguments) {
        Optional<String> option = Stream.of(arguments)
                .takeWhile(argument -> !argument.equals("--"))
                .filter(argument ->
                        OPTION.matcher(argument.toLowerCase(Locale.ROOT)).matches())
                .map(argument -> argument.replaceFirst("(?s)=.*", ""))
                .findFirst();
        if (option.isPresent()) {
            throw CliException.usage("There is no option " + option.get()
                    + ": every user of this machine can read a command line. Give a file with " + option.get()
                    + "-file FILE, or - there for standard input.");
        }
        if (Stream.of(arguments)
                .anyMatch(argument -> LOGIN_IN_ADDRESS.matcher(argument).find())) {
            throw CliException.usage("An address with a password in it is not taken: every user of this machine can"
                    + " read a command line. Use --user and --password-file.");
        }
    }
}
