package dev.lockstep.port;

import java.util.List;

/** A configuration was refused as a whole; nothing changed. */
public final class RefusedConfiguration extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<Flaw> flaws;

    /**
     * One thing that is wrong with it.
     *
     * @param line counted from 1; 0 when the file as a whole is meant
     * @param column counted from 1; 0 when the file as a whole is meant
     * @param field path of the field; empty when none is meant
     * @param problem what is wrong; never echoes a value that could be a secret
     * @param advice what to do about it
     */
    public record Flaw(String file, int line, int column, String field, String problem, String advice) {

        /** One line for people: {@code file:line:column: field: problem; advice}. */
        @Override
        public String toString() {
            String place = line == 0 ? file : file + ':' + line + ':' + column;
            return place + ": " + (field.isEmpty() ? "" : field + ": ") + problem + "; " + advice;
        }
    }

    /**
     * @param all how many there are
     * @param flaws at least one, and not so many that nobody can read them
     */
    public RefusedConfiguration(int all, List<Flaw> flaws) {
        super("the configuration is refused because of " + all + (all == 1 ? " error" : " errors")
                + (all > flaws.size() ? ", of which the first " + flaws.size() + " are listed" : ""));
        this.flaws = List.copyOf(flaws);
    }

    /** What is wrong, in the order of files and lines. */
    public List<Flaw> flaws() {
        return flaws;
    }
}
