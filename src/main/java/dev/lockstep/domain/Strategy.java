package dev.lockstep.domain;

/** How a new secret takes the place of the old one. */
public enum Strategy {
    /** One principal, one secret: the old one stops working when the new one is set. */
    IN_PLACE("in-place"),
    /** One principal accepts two secrets for a while. */
    OVERLAP("overlap"),
    /** Two principals with equal grants take turns. */
    ALTERNATING("alternating");

    private final String label;

    Strategy(String label) {
        this.label = label;
    }

    /** The spelling in configuration files, the API and metrics. */
    public String label() {
        return label;
    }

    /** How many principals a credential has under it. */
    public int accounts() {
        return this == ALTERNATING ? 2 : 1;
    }

    /** Finds a strategy by its {@link #label()}. */
    public static Strategy of(String label) {
        for (Strategy strategy : values()) {
            if (strategy.label.equals(label)) {
                return strategy;
            }
        }
        throw new InvalidInput("strategy", "a strategy is in-place, overlap or alternating");
    }
}
