package dev.lockstep.access;

import dev.lockstep.domain.Area;
import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.Drill;
import dev.lockstep.domain.Operation;
import dev.lockstep.port.Drills;
import dev.lockstep.port.Operations;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds environment and team of the credential that a request is about, by its path. */
final class RequestArea {

    private static final Pattern CREDENTIAL = Pattern.compile("(?:/api/v1)?/credentials/([^/]+)/([^/]+)/.+");
    private static final Pattern OPERATION =
            Pattern.compile("(?:/api/v1)?/operations/(?:op-)?([1-9][0-9]{0,17})(?:/.*)?");

    private static final Pattern DRILL = Pattern.compile("(?:/api/v1)?/drills/(?:drill-)?([1-9][0-9]{0,17})(?:/.*)?");

    private final Operations operations;
    private final Drills drills;

    RequestArea(Operations operations, Drills drills) {
        this.operations = operations;
        this.drills = drills;
    }

    /** Everything when the path leads to no credential: that is out of reach of every limited role. */
    Area of(HttpServletRequest request) {
        String path = DecodedPath.of(request);
        Matcher credential = CREDENTIAL.matcher(path);
        if (credential.matches()) {
            String environment = credential.group(1);
            String team = credential.group(2);
            return Area.isSegment(environment) && Area.isSegment(team) ? new Area(environment, team) : Area.EVERYTHING;
        }
        Matcher operation = OPERATION.matcher(path);
        if (operation.matches()) {
            return area(operations.find(number(operation)).map(Operation::credential));
        }
        Matcher drill = DRILL.matcher(path);
        return drill.matches() ? area(drills.find(number(drill)).map(Drill::credential)) : Area.EVERYTHING;
    }

    private static long number(Matcher path) {
        return Long.parseLong(path.group(1));
    }

    private static Area area(Optional<CredentialName> credential) {
        return credential.map(Area::of).orElse(Area.EVERYTHING);
    }
}
