package dev.lockstep.policy;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The lines of an iCalendar file: where something stands, and whether its dates are ones that exist. */
final class CalendarLines {

    private static final Pattern DATES = Pattern.compile("(DTSTART|DTEND|EXDATE|RECURRENCE-ID)([;:].*)?");
    private static final Pattern DATE = Pattern.compile("(\\d{8})(?:T(\\d{6})Z?)?");
    private static final Pattern ZONE = Pattern.compile("ID of \"([^\"]{1,200})\"");
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("uuuuMMdd").withResolverStyle(ResolverStyle.STRICT);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HHmmss");
    private static final String ADVICE = "correct the calendar where it is kept, and export it again";

    private final String file;
    private final List<String> lines;
    private final Problems problems;

    CalendarLines(String file, String text, Problems problems) {
        this.file = file;
        this.lines = Arrays.asList(text.split("\r?\n", -1));
        this.problems = problems;
    }

    void check() {
        long begins = lines.stream().filter("BEGIN:VCALENDAR"::equalsIgnoreCase).count();
        long ends = lines.stream().filter("END:VCALENDAR"::equalsIgnoreCase).count();
        if (begins != ends) {
            refuse(lines.size(), "", "ends before the calendar does");
        }
        for (int i = 0; i < lines.size(); i++) {
            Matcher property = DATES.matcher(lines.get(i));
            if (property.matches()) {
                check(
                        i + 1,
                        property.group(1),
                        lines.get(i).substring(lines.get(i).lastIndexOf(':') + 1));
            }
        }
    }

    private void check(int line, String property, String values) {
        for (String value : values.split(",", -1)) {
            Matcher date = DATE.matcher(value.strip());
            if (!date.matches() || !exists(date)) {
                refuse(line, property, "is no date of a calendar");
                return;
            }
        }
    }

    private static boolean exists(Matcher date) {
        try {
            LocalDate day = LocalDate.parse(date.group(1), DAY);
            if (date.group(2) != null) {
                LocalTime.parse(date.group(2), TIME);
            }
            return day.getYear() >= 1970 && day.getYear() < 2500;
        } catch (DateTimeException e) {
            return false;
        }
    }

    void refuse(int line, String property, String problem) {
        problems.add(new Place(file, line, 1), property, problem, ADVICE);
    }

    /** What is said about a zone names no line: it is the first that mentions the zone. */
    void refuseZone(String message) {
        Matcher zone = ZONE.matcher(message);
        String name = zone.find() ? zone.group(1) : "";
        for (int i = 0; i < lines.size(); i++) {
            if (!name.isEmpty() && lines.get(i).contains("TZID=" + name)) {
                refuse(i + 1, "TZID", "the time zone is not known");
                return;
            }
        }
        refuse(1, "", message);
    }

    /** Where the event with that identifier begins; the first line when it has none. */
    int lineOf(String uid) {
        for (int i = 0; i < lines.size(); i++) {
            if (!uid.isEmpty() && lines.get(i).equals("UID:" + uid)) {
                return i + 1;
            }
        }
        return 1;
    }
}
