package dev.lockstep.policy;

/**
 * One thing that is wrong with the configuration.
 *
 * @param file the file or directory
 * @param line counted from 1; 0 when the file as a whole is meant
 * @param column counted from 1; 0 when the file as a whole is meant
 * @param field path of the field, for example {@code retries.backoff[1]}; empty when none is meant
 * @param problem what is wrong; never echoes a value that could be a secret
 * @param advice what to do about it
 */
public record ConfigurationError(String file, int line, int column, String field, String problem, String advice) {

    /** One line for people: {@code file:line:column: field: problem; advice}. */
    @Override
    public String toString() {
        String place = new Place(file, line, column).toString();
        return place + ": " + (field.isEmpty() ? "" : field + ": ") + problem + "; " + advice;
    }
}
