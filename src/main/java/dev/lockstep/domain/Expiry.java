package dev.lockstep.domain;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;

/** When the life of an ephemeral credential ends. */
public sealed interface Expiry {

    /** Shorter lives would end before anybody could use the credential. */
    Duration SHORTEST = Duration.ofMinutes(1);

    /** Longest life of an ephemeral credential. */
    Duration LONGEST = Duration.ofDays(3650);

    /** A time after it was issued. */
    record After(Duration life) implements Expiry {
        public After {
            if (life.compareTo(SHORTEST) < 0 || life.compareTo(LONGEST) > 0) {
                throw new InvalidInput("expires", "a life is from one minute to ten years, for example PT8H or P30D");
            }
        }

        @Override
        public Instant from(Instant issued) {
            return issued.plus(life);
        }

        @Override
        public String toString() {
            return life.toString();
        }
    }

    /** A moment. */
    record At(Instant end) implements Expiry {

        @Override
        public Instant from(Instant issued) {
            return end;
        }

        @Override
        public String toString() {
            return end.toString();
        }
    }

    /** The moment at which the life ends. */
    Instant from(Instant issued);

    /** Reads {@code PT8H}, {@code P30D} or {@code 2027-01-31T18:00:00Z}; throws {@link InvalidInput} otherwise. */
    static Expiry of(String text) {
        try {
            return text.startsWith("P") ? new After(Duration.parse(text)) : new At(Instant.parse(text));
        } catch (DateTimeException | ArithmeticException e) {
            throw new InvalidInput(
                    "expires", "write a life like PT8H or P30D, or a moment in UTC like 2027-01-31T18:00:00Z");
        }
    }
}
