package dev.lockstep.port;

/** How far the canary of an operation has come. Writes join the caller's transaction and can be repeated. */
public interface Waves {

    /** How many waves of this round have passed; they pass in their order. */
    int passed(long operation, int round);

    /** Notes that a wave was released. */
    void released(long operation, int round, int number);

    /** Notes that a released wave passed its check. */
    void passed(long operation, int round, int number);
}
