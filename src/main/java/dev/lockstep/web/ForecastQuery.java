package dev.lockstep.web;

import dev.lockstep.domain.Credential;
import dev.lockstep.domain.Reach;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which credentials a forecast is about; what is null does not matter. */
record ForecastQuery(
        @Nullable String target,
        @Nullable String owner,
        @Nullable String environment,
        @Nullable String policy) {

    static ForecastQuery of(
            @Nullable String target, @Nullable String owner, @Nullable String environment, @Nullable String policy) {
        return new ForecastQuery(
                Inputs.text("target", target),
                Inputs.text("owner", owner),
                Inputs.segment("environment", environment),
                Inputs.text("policy", policy));
    }

    /** @param reach of what who asks may see */
    Predicate<Credential> about(Reach reach) {
        return credential -> Stream.of(
                        reach.sees(credential.name()),
                        is(target, credential.target()),
                        is(owner, credential.owner()),
                        is(environment, credential.name().environment()),
                        is(policy, credential.policy().name()))
                .allMatch(Boolean::booleanValue);
    }

    private static boolean is(@Nullable String wanted, String fact) {
        return wanted == null || wanted.equals(fact);
    }
}
