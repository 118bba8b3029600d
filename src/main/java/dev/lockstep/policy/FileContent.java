package dev.lockstep.policy;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** What a look at the bytes of a file tells of the kinds of its documents, without reading it as YAML. */
record FileContent(boolean onlyCredentials, boolean mayHoldCredentials) {

    private static final String CREDENTIAL = "Credential";

    private static final List<String> OTHERS =
            Kind.labels().stream().filter(label -> !label.equals(CREDENTIAL)).toList();

    /** A kind may be written with escapes, so a file with a backslash may hold anything. */
    static FileContent of(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        boolean escapes = text.indexOf('\\') >= 0;
        boolean credentials = text.contains(CREDENTIAL);
        boolean others = OTHERS.stream().anyMatch(text::contains);
        return new FileContent(credentials && !others && !escapes, credentials || escapes);
    }
}
