package dev.lockstep.web;

import dev.lockstep.domain.Forecast;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The rotations to come as a picture: a column for each day, a row for each target, and darker where there are more.
 *
 * @param width of the whole picture
 * @param height of the whole picture
 * @param columns the rotations of all targets, a column for each day
 * @param rows the targets with the most rotations
 * @param months where months begin
 * @param most the rotations of the busiest day
 * @param left how many targets have no row
 */
record ForecastPicture(
        int width, int height, List<Box> columns, List<Row> rows, List<Label> months, int most, int left) {

    private static final int MOST_ROWS = 25;
    private static final int NAMES = 190;
    private static final int WIDTH = 1080;
    private static final int TOP = 20;
    private static final int COLUMNS = 110;
    private static final int ROW = 22;
    private static final int SHADES = 5;

    /** A box with the words that appear when it is pointed at. */
    record Box(double x, double y, double width, double height, int shade, String words) {}

    /** The boxes of one target. */
    record Row(String target, int y, List<Box> boxes) {}

    /** A word at a place. */
    record Label(double x, String text) {}

    static ForecastPicture of(Forecast forecast) {
        LocalDate first = day(forecast.from());
        int days = (int) ChronoUnit.DAYS.between(first, day(forecast.until())) + 1;
        double step = (double) (WIDTH - NAMES) / days;
        Map<LocalDate, Integer> all = new TreeMap<>();
        forecast.targets().forEach(load -> byDay(load).forEach((day, count) -> all.merge(day, count, Integer::sum)));
        int most = all.values().stream().mapToInt(Integer::intValue).max().orElse(0);
        List<Box> columns = new ArrayList<>();
        all.forEach((day, count) -> {
            double height = Math.max(1, (double) COLUMNS * count / most);
            columns.add(
                    new Box(x(first, day, step), TOP + COLUMNS - height, step * 0.85, height, 3, words(day, count)));
        });
        List<Forecast.Load> loads = forecast.targets().stream()
                .sorted(Comparator.comparingLong(Forecast.Load::total).reversed())
                .limit(MOST_ROWS)
                .toList();
        List<Row> rows = new ArrayList<>();
        for (Forecast.Load load : loads) {
            rows.add(row(load, TOP + COLUMNS + 16 + rows.size() * ROW, first, step));
        }
        return new ForecastPicture(
                WIDTH,
                TOP + COLUMNS + 24 + rows.size() * ROW,
                columns,
                rows,
                months(first, days, step),
                most,
                forecast.targets().size() - rows.size());
    }

    private static Row row(Forecast.Load load, int y, LocalDate first, double step) {
        Map<LocalDate, Integer> days = byDay(load);
        int most = days.values().stream().mapToInt(Integer::intValue).max().orElse(1);
        List<Box> boxes = new ArrayList<>();
        days.forEach((day, count) -> boxes.add(new Box(
                x(first, day, step),
                y,
                step * 0.85,
                ROW - 4,
                (SHADES * count + most - 1) / most,
                load.target() + ", " + words(day, count))));
        return new Row(load.target(), y, boxes);
    }

    private static List<Label> months(LocalDate first, int days, double step) {
        List<Label> labels = new ArrayList<>();
        int every = days <= 45 ? 7 : 1;
        for (int i = 0; i < days; i++) {
            LocalDate day = first.plusDays(i);
            if (every == 7 ? i % 7 == 0 : day.getDayOfMonth() == 1) {
                labels.add(new Label(x(first, day, step), day.toString()));
            }
        }
        return labels;
    }

    private static Map<LocalDate, Integer> byDay(Forecast.Load load) {
        Map<LocalDate, Integer> days = new TreeMap<>();
        load.hours().forEach((hour, count) -> days.merge(day(hour), count, Integer::sum));
        return days;
    }

    private static String words(LocalDate day, int count) {
        return day + ": " + count + (count == 1 ? " rotation" : " rotations");
    }

    private static double x(LocalDate first, LocalDate day, double step) {
        return Math.round((NAMES + step * ChronoUnit.DAYS.between(first, day)) * 100) / 100.0;
    }

    private static LocalDate day(Instant at) {
        return LocalDate.ofInstant(at, ZoneOffset.UTC);
    }
}
