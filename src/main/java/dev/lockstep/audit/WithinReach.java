package dev.lockstep.audit;

import dev.lockstep.domain.Area;
import dev.lockstep.domain.Reach;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Narrows entries {@code e} to those whose subject is a credential within reach. */
final class WithinReach {

    /** Other subjects are people, paths, targets and consumers, with fewer or more segments. */
    private static final String CREDENTIAL =
            " AND e.subject LIKE '%/%/%/%' AND e.subject NOT LIKE '%/%/%/%/%' AND e.subject NOT LIKE '/%'";

    private final String condition;
    private final Map<String, Object> parameters = new HashMap<>();

    WithinReach(Reach reach) {
        condition = reach.whole() ? "" : CREDENTIAL + areas(reach.areas());
    }

    /** Follows a WHERE with conditions. */
    String condition() {
        return condition;
    }

    Map<String, Object> parameters() {
        return parameters;
    }

    private String areas(List<Area> areas) {
        List<String> any = new ArrayList<>();
        for (Area area : areas) {
            String name = "area" + any.size();
            if (area.environment() == null) {
                parameters.put(name, "/" + area.team() + "/");
                any.add("POSITION(:" + name + " IN e.subject) = POSITION('/' IN e.subject)");
            } else {
                parameters.put(name, area + "/");
                any.add("POSITION(:" + name + " IN e.subject) = 1");
            }
        }
        return any.isEmpty() ? " AND FALSE" : " AND (" + String.join(" OR ", any) + ")";
    }
}
