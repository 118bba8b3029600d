package dev.lockstep.port;

import dev.lockstep.domain.Affected;
import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.Incident;
import dev.lockstep.domain.LeakResponse;
import dev.lockstep.domain.Signal;
import dev.lockstep.domain.Triage;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Incidents in the ledger. Writes join the caller's transaction. */
public interface Incidents {

    /**
     * Opens an incident with its first signal. Empty, changing nothing, when the delivery is known or an open incident
     * is about the same subject.
     */
    Optional<Incident> open(Signal signal);

    /**
     * Adds a signal to an open incident and keeps others from deciding about it until the caller's transaction ends.
     * Returns false, changing nothing, when the incident has ended or the delivery is known.
     */
    boolean add(long incident, Signal signal);

    /** The incident that a delivery belongs to; empty when it is new. */
    Optional<Incident> byDelivery(Signal.Source source, String deliveryId);

    /** The open incident about this subject. */
    Optional<Incident> openAbout(String subject);

    /** Open incidents that are about any of these credentials, newest first. */
    List<Incident> openAbout(Collection<CredentialName> credentials);

    /** One incident; empty when unknown. */
    Optional<Incident> find(long id);

    /** One incident; throws {@link dev.lockstep.domain.PermanentException} ({@code INTERNAL_ERROR}) when unknown. */
    Incident get(long id);

    /** The newest incidents, newest first. */
    List<Incident> newest(int limit);

    /** The signals of an incident, oldest first. */
    List<Signal> signals(long incident);

    /** The credentials of an incident, in the order of their names. */
    List<Affected> affected(long incident);

    /** The incidents that an operation deals with. */
    List<Incident> of(long operation);

    /** Waits until nobody else decides about the incident or adds to it; holds until the caller's transaction ends. */
    void lock(long incident);

    /** Notes what the triage table says, as the decision too, and where the incident stands now. */
    void assess(long incident, Triage triage, Instant deadline, Incident.State state);

    /** Notes what was decided and where the incident stands now. */
    void decide(long incident, LeakResponse response, Incident.State state);

    /** Notes where the incident stands now. */
    void move(long incident, Incident.State state);

    /** Adds a credential; one that is there already stays as it is. Returns whether it is new. */
    boolean involve(long incident, CredentialName credential, Affected.Relation relation);

    /** Notes which operation deals with the credential, with what that operation has reached already. */
    void assign(long incident, CredentialName credential, long operation);

    /** Lets another operation deal with what the first one has not proven dead. */
    void reassign(long operation, long successor);

    /** Notes, for the first time only, that the operation has switched the principals off. */
    void contained(long operation, Instant at);

    /** Notes, for the first time only, that the operation has proven the leaked secret dead. */
    void provenDead(long operation, Instant at);

    /** Notes, for the first time only, that the operation has given applications a new secret. */
    void replaced(long operation, Instant at);

    /** Whether every credential is proven dead, or its operation has ended some other way, or it has none. */
    boolean settled(long incident);

    /** Incidents whose credentials are all settled while their process still waits for that. */
    List<Incident> settledUnheard(int limit);

    /** How many have not ended, by where they stand; states that none is in are left out. */
    List<Standing> standing();

    /**
     * @param many how many there are, at least 1
     * @param since when the oldest of them was reported
     */
    record Standing(Incident.State state, long many, Instant since) {}

    /** Ends the incident. Returns false, changing nothing, when it had ended before. */
    boolean close(long incident, String conclusion);
}
