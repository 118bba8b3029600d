package dev.lockstep.web;

import dev.lockstep.port.People;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Somebody who may log in. */
record UserView(
        @Schema(example = "olga") String id,
        @Schema(example = "Olga Operator") String displayName,

        @Schema(
                description = "everywhere, or with @ for an environment, a team or both",
                example = "[\"operator@test\", \"viewer\"]")
        List<String> roles,

        @Schema(description = "whether the user may log in") boolean enabled,

        @Schema(description = "whether a generated password has not been replaced yet")
        boolean mustReplacePassword,

        @Schema(description = "end of a lock-out by wrong passwords; missing when none is on") @Nullable
        Instant lockedUntil,

        @Schema(description = "whether a second factor was set up here")
        boolean secondFactor,

        @Schema(description = "the OpenID provider that tells name and roles; missing for local users") @Nullable
        String provider) {

    static UserView of(People.Person person) {
        return new UserView(
                person.id(),
                person.displayName(),
                person.roles(),
                person.enabled(),
                person.oneTimePassword(),
                person.lockedUntil(),
                person.secondFactor(),
                person.provider());
    }
}
