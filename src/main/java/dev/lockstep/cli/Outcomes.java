package dev.lockstep.cli;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns what went wrong into one sentence and an exit code. */
final class Outcomes {

    private Outcomes() {}

    static int tell(Terminal terminal, CliException refused) {
        terminal.out().flush();
        terminal.note("lockstep: " + refused.getMessage());
        return refused.code().code();
    }

    static int failed(Terminal terminal, Exception failure) {
        if (failure instanceof CliException refused) {
            return tell(terminal, refused);
        }
        return tell(
                terminal,
                new CliException(
                        ExitCode.BROKEN,
                        "Something in the command line broke ("
                                + failure.getClass().getSimpleName() + " in " + place(failure)
                                + "); please report it."));
    }

    private static String place(Exception failure) {
        StackTraceElement[] trace = failure.getStackTrace();
        return trace.length == 0 ? "an unknown place" : trace[0].toString();
    }

    static int misused(ParameterException misuse, String[] arguments) {
        CommandLine command = misuse.getCommandLine();
        PrintWriter err = command.getErr();
        err.println("lockstep: " + misuse.getMessage());
        UnmatchedArgumentException.printSuggestions(misuse, err);
        err.println("Try: " + command.getCommandSpec().qualifiedName() + " --help");
        err.flush();
        return ExitCode.USAGE.code();
    }

    /** Fits picocli's shape of a handler. */
    static CommandLine.IExecutionExceptionHandler handler(Terminal terminal) {
        return (Exception failure, CommandLine command, ParseResult parsed) -> failed(terminal, failure);
    }
}
