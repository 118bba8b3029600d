package dev.lockstep.cli;

/** User and password are right, and not enough. */
final class FactorNeeded extends CliException {

    FactorNeeded(String sentence) {
        super(ExitCode.REFUSED, sentence);
    }
}
