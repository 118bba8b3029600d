package dev.lockstep.cli;

/** How a command ends; scripts rely on these numbers, so none ever changes its meaning. */
enum ExitCode {
    OK(0, "Done, and all is well."),
    FAILED(
            1,
            "It was done, and the answer is no: an operation that ended otherwise than asked for, a gate that is"
                    + " shut, a login that is refused, an audit trail that is not intact."),
    USAGE(
            2,
            "The command, its arguments, a file or the profile is wrong; nothing was asked of the server, or the"
                    + " server refused the input."),
    REFUSED(3, "The server does not know who asks, or does not let them."),
    NOT_FOUND(4, "What is named does not exist."),
    CONFLICT(5, "It does not fit the state of things now; nothing changed."),
    TIMED_OUT(6, "It was not over within `--timeout`; it goes on at the server."),
    UNREACHABLE(7, "The server or a part of it does not answer; trying again later may help."),
    BROKEN(8, "A defect, of the server or of the command line.");

    private final int code;
    private final String meaning;

    ExitCode(int code, String meaning) {
        this.code = code;
        this.meaning = meaning;
    }

    int code() {
        return code;
    }

    String meaning() {
        return meaning;
    }
}
