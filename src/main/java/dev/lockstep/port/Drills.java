package dev.lockstep.port;

import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.Drill;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Drills in the ledger. Writes join the caller's transaction unless they say otherwise. */
public interface Drills {

    /** Opens a drill. Empty, changing nothing, when one of the credential is running. */
    Optional<Drill> open(CredentialName credential, Drill.Scenario scenario, String requestedBy, String reason);

    /** One drill; empty when unknown. */
    Optional<Drill> find(long id);

    /** One drill; throws {@link dev.lockstep.domain.PermanentException} ({@code INTERNAL_ERROR}) when unknown. */
    Drill get(long id);

    /** The newest drills, newest first. */
    List<Drill> newest(int limit);

    /** The drill of the credential that is running. */
    Optional<Drill> running(CredentialName credential);

    /** The drill whose fault the credential meets at this moment. */
    Optional<Drill> faulty(CredentialName credential);

    /** Notes the process instance that carries the drill. */
    void bind(long drill, String processInstance);

    /** Notes what applications read before anything is done. */
    void before(long drill, @Nullable Integer version);

    /**
     * Lets the fault begin, until then at the latest. Returns false, changing nothing, when the drill has ended or was
     * called off.
     */
    boolean inject(long drill, Instant until);

    /** Notes, for the first time only, that the leak is reported or the fault has begun. */
    void injected(long drill);

    /** As {@link #injected}, in a transaction of its own: the process dies at once. */
    void dies(long drill);

    /** Ends the fault now. Idempotent. */
    void endFault(long drill);

    /** Notes which operation the drill disturbs. */
    void involve(long drill, long operation);

    /** Notes which incident the drill has caused. */
    void cause(long drill, long incident);

    /** Notes, for the first time only, when something was reached. */
    void reached(long drill, Drill.Milestone milestone, Instant at);

    /** Calls the drill off and ends its fault. Returns false, changing nothing, when it is not running. */
    boolean cancel(long drill, String by);

    /** Ends the measuring. Returns false, changing nothing, when it had ended before. */
    boolean end(long drill, Drill.Result result, Drill.State state, String story);

    /** Notes what people made of it. Returns false, changing nothing, when it does not wait for that. */
    boolean close(long drill, String findings, String followUp, String by);

    /** Whether several processes can use the ledger's database at the same time. */
    boolean shared();
}
