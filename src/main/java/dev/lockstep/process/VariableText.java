package dev.lockstep.process;

/** Texts that become variables of a process instance. */
final class VariableText {

    /** The engine keeps at most 4000 characters in a variable. */
    private static final int LONGEST = 3900;

    private VariableText() {}

    /** The text, shortened to what the engine keeps. */
    static String cut(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }
}
