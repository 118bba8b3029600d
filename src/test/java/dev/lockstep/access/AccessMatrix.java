package dev.lockstep.access;

import dev.lockstep.domain.Area;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/** The table of who may do what, {@code access-matrix.txt}. */
record AccessMatrix(List<Line> lines) {

    /** How a role for one environment or team counts. */
    enum Limited {
        LIKE_THE_WHOLE_ROLE,
        BY_PATH,
        BY_BODY,
        NEVER
    }

    /** Who somebody is besides their roles. */
    enum Open {
        TO_ROLES,
        TO_EVERYBODY,
        TO_THE_PUBLIC
    }

    /** One line of the table. */
    record Line(String text, PathPattern path, String kind, Open open, Set<Role> roles, Limited limited) {

        static Line parse(String text) {
            String[] cells = text.split("\\|", -1);
            String roles = cells[2].strip();
            return new Line(
                    text,
                    PathPatternParser.defaultInstance.parse(cells[0].strip()),
                    cells[1].strip(),
                    switch (roles) {
                        case "public" -> Open.TO_THE_PUBLIC;
                        case "everybody" -> Open.TO_EVERYBODY;
                        default -> Open.TO_ROLES;
                    },
                    roles(roles),
                    switch (cells[3].strip()) {
                        case "-" -> Limited.LIKE_THE_WHOLE_ROLE;
                        case "path" -> Limited.BY_PATH;
                        case "body" -> Limited.BY_BODY;
                        case "never" -> Limited.NEVER;
                        default -> throw new IllegalArgumentException(text);
                    });
        }

        private static Set<Role> roles(String text) {
            return switch (text) {
                case "all roles" -> EnumSet.allOf(Role.class);
                case "all but viewer" -> EnumSet.complementOf(EnumSet.of(Role.VIEWER));
                case "nobody", "everybody", "public" -> Set.of();
                default ->
                    Arrays.stream(text.split(" +"))
                            .map(label -> Role.of(label).orElseThrow())
                            .collect(Collectors.toSet());
            };
        }

        boolean covers(String method, String target) {
            boolean fits = kind.equals("any") || kind.equals(method.equals("GET") ? "read" : "change");
            return fits && path.matches(PathContainer.parsePath(target));
        }

        /** Whether somebody with this role comes in, at a path of this area. */
        boolean opensTo(Grant grant, Area about) {
            if (open != Open.TO_ROLES) {
                return true;
            }
            return roles.contains(grant.role())
                    && (!grant.limited()
                            || switch (limited) {
                                case LIKE_THE_WHOLE_ROLE, BY_BODY -> true;
                                case BY_PATH -> grant.reaches(about);
                                case NEVER -> false;
                            });
        }
    }

    static AccessMatrix read(Path file) {
        try {
            return new AccessMatrix(Files.readAllLines(file, StandardCharsets.UTF_8).stream()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(Line::parse)
                    .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Optional<Line> line(String method, String path) {
        return lines.stream().filter(line -> line.covers(method, path)).findFirst();
    }
}
