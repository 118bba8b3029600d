package dev.lockstep.policy;

import java.util.regex.Pattern;

/** Repeats a value in a message, unless it is long or could be a secret. */
final class Echo {

    private static final int LONGEST = 60;
    private static final Pattern PRIVATE = Pattern.compile("(^|\\.)(settings|labels|initial|token)($|[.\\[])");

    private Echo() {}

    static String of(Node node) {
        boolean shown = node instanceof Node.Scalar scalar
                && scalar.text().length() <= LONGEST
                && !PRIVATE.matcher(node.path()).find();
        return shown ? "'" + ((Node.Scalar) node).text().strip().replace('\n', ' ') + "'" : "the value";
    }
}
