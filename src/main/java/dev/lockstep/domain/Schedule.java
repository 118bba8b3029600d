package dev.lockstep.domain;

import java.time.Duration;
import java.time.ZoneId;

/** When a credential is rotated without anybody asking. */
public sealed interface Schedule {

    /** A fixed time after the last rotation. */
    record Interval(Duration every) implements Schedule {}

    /**
     * At the times of a cron expression.
     *
     * @param expression six fields: second minute hour day-of-month month day-of-week
     * @param zone the time zone that the fields are read in
     */
    record Cron(String expression, ZoneId zone) implements Schedule {}

    /** Only when somebody asks. */
    record OnDemand() implements Schedule {}
}
