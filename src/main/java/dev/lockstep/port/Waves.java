package dev.lockstep.port;

/** How far the canary of an operation has come. Writes join the caller's transaction and can be repeated. */
public interface Waves {

    /** The place of the last wave of this round that has passed; 0 when none has. Waves without members never pass. */
    int passed(long operation, int round);

    /** Notes that a wave was released. */
    void released(long operation, int round, int number);

    /** Notes that a released wave passed its check. */
    void passed(long operation, int round, int number);
}
