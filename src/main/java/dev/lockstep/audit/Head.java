package dev.lockstep.audit;

/** The end of the chain, or a place in it that somebody remembers. */
record Head(long position, String hash) {

    /** The chain before its first entry. */
    static final Head EMPTY = new Head(0, ChainHash.GENESIS);
}
