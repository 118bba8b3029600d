package dev.lockstep.domain;

import java.util.List;

/** Which credentials somebody's roles reach: those of any of these areas. */
public record Reach(List<Area> areas) {

    /** All credentials, and what belongs to none. */
    public static final Reach WHOLE = new Reach(List.of(Area.EVERYTHING));

    public Reach {
        areas = List.copyOf(areas);
    }

    /** Whether it has no limit, so that what belongs to no credential is in it as well. */
    public boolean whole() {
        return areas.contains(Area.EVERYTHING);
    }

    /** Whether a credential is in it. */
    public boolean sees(CredentialName credential) {
        return covers(Area.of(credential));
    }

    /** Whether all of an area is in it, by one of its own. */
    public boolean covers(Area area) {
        return areas.stream().anyMatch(each -> each.covers(area));
    }
}
