package dev.lockstep.domain;

/** Input that was refused before anything changed; the message says what is wrong and what to do. */
public final class InvalidInput extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final String field;

    /**
     * @param field the name of the offending field or path, as the sender knows it
     * @param message what is wrong and what is allowed; never echoes a secret
     */
    public InvalidInput(String field, String message) {
        super(message);
        this.field = field;
    }

    /** The name of the offending field or path. */
    public String field() {
        return field;
    }
}
