package dev.lockstep.port;

import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.Definition;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The definitions of credentials that somebody asked for instead of writing them into the configuration. */
public interface Definitions {

    /**
     * Puts a credential on the list as {@code REQUESTED}, in the caller's transaction. Returns false, changing nothing,
     * when the inventory has one of that name whose life is not over.
     */
    boolean add(Definition definition);

    /** One definition; empty when unknown or when the credential's life is over. */
    Optional<Definition> find(CredentialName name);

    /** Definitions with an account of one of these names, of credentials whose life is not over. */
    List<Definition> withPrincipals(Collection<String> principals);

    /** All definitions of credentials whose life is not over, in the order of their names. */
    List<Definition> list();
}
