package dev.lockstep.cli;

/** Ends a command with one sentence for the person before it, and a code for the script around it. */
class CliException extends RuntimeException {

    private final ExitCode code;

    CliException(ExitCode code, String sentence) {
        super(sentence);
        this.code = code;
    }

    ExitCode code() {
        return code;
    }

    static CliException usage(String sentence) {
        return new CliException(ExitCode.USAGE, sentence);
    }
}
