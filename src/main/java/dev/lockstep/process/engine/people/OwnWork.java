package dev.lockstep.process.engine.people;

import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.impl.identity.Authentication;

/** Runs Lockstep's own work in a thread that may be serving a person, without that person's rights and limits. */
final class OwnWork {

    private final IdentityService identities;

    OwnWork(IdentityService identities) {
        this.identities = identities;
    }

    void run(Runnable work) {
        Authentication person = identities.getCurrentAuthentication();
        identities.clearAuthentication();
        try {
            work.run();
        } finally {
            if (person != null) {
                identities.setAuthentication(person);
            }
        }
    }
}
