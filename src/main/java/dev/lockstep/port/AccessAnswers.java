package dev.lockstep.port;

import dev.lockstep.domain.Area;
import java.util.Optional;

/** Tells beforehand what a request would be answered: by the same rules, changing nothing. */
public interface AccessAnswers {

    /**
     * Whether a user may do something.
     *
     * @param about environment and team that it is about; everything also when they do not count
     * @param reason by which role, or what is missing, in half a sentence
     * @param freshFactor whether a second factor that was given lately is asked for as well
     */
    record Answer(String user, String action, Area about, boolean allowed, String reason, boolean freshFactor) {}

    /**
     * Answers about who asks, and about everybody to those who may ask that; to others the request is refused.
     *
     * @param about everything for what is about several environments and teams
     * @return empty when there is no such user
     * @throws dev.lockstep.domain.InvalidInput when there is no such action
     */
    Optional<Answer> explain(String user, String action, Area about);
}
