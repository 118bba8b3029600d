package dev.lockstep.domain;

/**
 * A worker's right to begin the process of an incident.
 *
 * @param incident the number of the incident
 * @param tries how many claims there have been, this one included; binding or postponing with an older one is refused
 */
public record IncidentClaim(long incident, int tries) {}
