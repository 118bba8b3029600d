package dev.lockstep.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.domain.Blackouts.Blackout;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CalendarReaderTest {

    private static final String FROM = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:test\r\n";
    private static final String TO = "END:VCALENDAR\r\n";

    @TempDir
    Path root;

    private ConfigDir directory = new ConfigDir(Path.of("none"));

    @BeforeEach
    void plainDirectory() {
        directory = Samples.all(new ConfigDir(root));
        named("calendars/freeze.ics");
    }

    private void named(String path) {
        directory.file(
                "policies/app.yaml", Samples.POLICY + "blackouts: [{calendar: " + path + ", zone: Europe/Berlin}]\n");
    }

    private void calendar(String... lines) {
        directory.file("calendars/freeze.ics", FROM + String.join("\r\n", lines) + "\r\n" + TO);
    }

    private List<Blackout> blackouts() {
        return Objects.requireNonNull(directory.load().policies().get("app-password"))
                .timing()
                .blackouts()
                .all();
    }

    private List<String> begins() {
        return blackouts().stream()
                .map(blackout -> blackout.span().from().toString())
                .toList();
    }

    @Test
    void anEventOfADayLastsTheWholeDayOfTheZoneAlsoWhenTheClocksChange() {
        calendar("BEGIN:VEVENT", "UID:1", "SUMMARY:Clock change", "DTSTART;VALUE=DATE:20260329", "END:VEVENT");

        assertThat(blackouts()).hasSize(1);
        assertThat(blackouts().get(0).reason()).isEqualTo("Clock change");
        assertThat(blackouts().get(0).span().from()).isEqualTo(Instant.parse("2026-03-28T23:00:00Z"));
        assertThat(blackouts().get(0).span().to()).isEqualTo(Instant.parse("2026-03-29T22:00:00Z"));
    }

    @Test
    void aRecurringEventIsExpandedByItsOwnClocksWithExceptionsAndMovedOccurrences() {
        calendar(
                "BEGIN:VEVENT",
                "UID:q",
                "SUMMARY:Closing",
                "DTSTART;TZID=America/New_York:20260301T220000",
                "DTEND;TZID=America/New_York:20260302T060000",
                "RRULE:FREQ=WEEKLY;COUNT=5",
                "EXDATE;TZID=America/New_York:20260315T220000",
                "END:VEVENT",
                "BEGIN:VEVENT",
                "UID:q",
                "RECURRENCE-ID;TZID=America/New_York:20260322T220000",
                "DTSTART;TZID=America/New_York:20260324T220000",
                "DURATION:PT2H",
                "END:VEVENT",
                "BEGIN:VEVENT",
                "UID:x",
                "STATUS:CANCELLED",
                "DTSTART:20260601T000000Z",
                "DURATION:PT2H",
                "END:VEVENT");

        assertThat(begins())
                .containsExactly(
                        "2026-03-02T03:00:00Z", "2026-03-09T02:00:00Z", "2026-03-25T02:00:00Z", "2026-03-30T02:00:00Z");
    }

    @Test
    void anEventWithoutEndIsExpandedFiveYearsAheadAndWhatIsOverIsLeftOut() {
        calendar(
                "BEGIN:VEVENT",
                "UID:1",
                "DTSTART;VALUE=DATE:20201224",
                "DTEND;VALUE=DATE:20201227",
                "RRULE:FREQ=YEARLY",
                "END:VEVENT");

        assertThat(begins())
                .containsExactly(
                        "2026-12-23T23:00:00Z",
                        "2027-12-23T23:00:00Z",
                        "2028-12-23T23:00:00Z",
                        "2029-12-23T23:00:00Z",
                        "2030-12-23T23:00:00Z");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "DTSTART:20261301T000000Z | DTSTART | 6 | is no date of a calendar",
                "DTSTART;VALUE=DATE:20260230 | DTSTART | 6 | is no date of a calendar",
                "DTSTART;TZID=Mars/Olympus:20260101T000000 | TZID | 6 | the time zone is not known",
                "X-NOTHING:1 | DTSTART | 5 | is missing from the event"
            })
    void whatIsWrongInACalendarIsRefusedWithItsFileAndLine(String line, String field, int at, String says) {
        calendar("BEGIN:VEVENT", "UID:1", line, "DURATION:PT2H", "END:VEVENT");

        ConfigurationError error = directory.error();

        assertThat(error.file()).isEqualTo(root.resolve("calendars/freeze.ics").toString());
        assertThat(error.field()).isEqualTo(field);
        assertThat(error.line()).isEqualTo(at);
        assertThat(error.problem()).contains(says);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "RRULE:FREQ=SOMETIMES | Invalid FREQ",
                "RRULE:FREQ=SECONDLY | more often than each hour",
                "RRULE:FREQ=HOURLY | makes more than 20000 events"
            })
    void aRuleThatCannotBeExpandedIsRefused(String rule, String says) {
        calendar("BEGIN:VEVENT", "UID:1", "DTSTART:20260101T000000Z", "DURATION:PT5M", rule, "END:VEVENT");

        assertThat(directory.error().field()).isEqualTo("RRULE");
        assertThat(directory.error().problem()).contains(says);
    }

    @Test
    void aFileThatIsNoCalendarOrOnlyHalfOfOneIsRefused() {
        directory.file("calendars/freeze.ics", "hello\n");
        assertThat(directory.error().problem()).contains("holds no calendar with events");

        directory.file(
                "calendars/freeze.ics",
                FROM + "BEGIN:VEVENT\r\nUID:1\r\nDTSTART:20260101T000000Z\r\nDURATION:PT1H\r\n");
        assertThat(directory.error().problem()).contains("ends before the calendar does");
    }

    @ParameterizedTest
    @CsvSource({
        "calendars/none.ics, there is no file",
        "../freeze.ics, leads out of the configuration directory",
        "/etc/hostname, leads out of the configuration directory",
        "calendars, there is no file"
    })
    void onlyAFileInTheConfigurationDirectoryIsRead(String path, String says) {
        calendar("BEGIN:VEVENT", "UID:1", "DTSTART:20260601T000000Z", "DURATION:PT2H", "END:VEVENT");
        named(path);

        ConfigurationError error = directory.error();
        assertThat(error.field()).isEqualTo("blackouts[0].calendar");
        assertThat(error.problem()).contains(says);
    }

    @Test
    void aBlackoutIsEitherInACalendarOrBetweenTwoTimes() {
        calendar("BEGIN:VEVENT", "UID:1", "DTSTART:20260601T000000Z", "DURATION:PT2H", "END:VEVENT");
        directory.file(
                "policies/app.yaml",
                Samples.POLICY + "blackouts: [{calendar: calendars/freeze.ics, to: 2026-12-20}]\n");

        assertThat(directory.error().field()).isEqualTo("blackouts[0].to");
        assertThat(directory.error().problem()).contains("so does the calendar");
    }

    @Test
    void aChangedCalendarIsAnotherRule() {
        calendar("BEGIN:VEVENT", "UID:1", "DTSTART:20260601T000000Z", "DURATION:PT2H", "END:VEVENT");
        String before =
                DueTimes.rule(Objects.requireNonNull(directory.load().policies().get("app-password")));
        calendar("BEGIN:VEVENT", "UID:1", "DTSTART:20260602T000000Z", "DURATION:PT2H", "END:VEVENT");

        assertThat(DueTimes.rule(
                        Objects.requireNonNull(directory.load().policies().get("app-password"))))
                .isNotEqualTo(before);
    }
}
