package dev.lockstep.domain;

/**
 * Asks for an operation.
 *
 * @param credential on which credential
 * @param process id of the process definition, for example {@code rotation}
 * @param priority see {@link Operation}
 * @param requestedBy user id, or {@code schedule}
 * @param reason free text; no secret
 */
public record OperationRequest(
        CredentialName credential, String process, int priority, String requestedBy, String reason) {}
