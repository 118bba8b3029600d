package dev.lockstep.observe;

import org.springframework.boot.actuate.health.Status;

/** Between up and down: Lockstep serves, but a person should look. Answered with HTTP 200. */
final class Degraded {

    static final Status STATUS = new Status("DEGRADED", "works, but somebody should look");

    private Degraded() {}
}
