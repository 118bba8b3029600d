package dev.lockstep.port;

import dev.lockstep.domain.Credential;
import dev.lockstep.domain.Forecast;
import java.time.Duration;
import java.util.function.Predicate;

/** Looks ahead: what will rotate when. */
public interface Forecasts {

    /** The longest time that can be looked ahead. */
    int MOST_DAYS = 366;

    /**
     * Looks ahead from now.
     *
     * @param ahead how far
     * @param about which credentials are told of; all of them use up the limits of targets
     * @param most how many rotations are told one by one
     */
    Forecast ahead(Duration ahead, Predicate<Credential> about, int most);
}
