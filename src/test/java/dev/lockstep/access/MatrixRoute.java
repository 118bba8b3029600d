package dev.lockstep.access;

import dev.lockstep.domain.Area;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;

/** One method of one path, which may have variables. */
record MatrixRoute(String method, String pattern) implements Comparable<MatrixRoute> {

    /** All that a mapping knows. */
    static Stream<MatrixRoute> of(RequestMappingInfoHandlerMapping mapping) {
        return mapping.getHandlerMethods().keySet().stream().flatMap(MatrixRoute::of);
    }

    private static Stream<MatrixRoute> of(RequestMappingInfo info) {
        Set<RequestMethod> told = info.getMethodsCondition().getMethods();
        Set<RequestMethod> methods = told.isEmpty() ? Set.of(RequestMethod.GET, RequestMethod.POST) : told;
        return info.getPatternValues().stream()
                .map(pattern -> pattern.isEmpty() ? "/" : pattern)
                .flatMap(pattern -> methods.stream().map(method -> new MatrixRoute(method.name(), pattern)));
    }

    /** What is served without a mapping of Spring: files, and the engine in all three places. */
    static Stream<MatrixRoute> unmapped() {
        return """
                GET /schemas/lockstep.json
                GET /lockstep.css
                GET /engine-rest/engine
                GET /engine-rest/task
                GET /engine-rest/engine/default/process-definition
                GET /engine-rest/process-definition/statistics
                GET /engine-rest/metrics/activity-instance-start/sum
                GET /engine-rest/engine/default/process-definition/key/rotation/statistics
                GET /camunda/api/engine/engine/default/process-definition/statistics
                POST /engine-rest/task/count
                POST /engine-rest/task/unknown/complete
                POST /engine-rest/group/count
                POST /engine-rest/user/create
                PUT /engine-rest/user/admin/profile
                DELETE /engine-rest/user/admin
                POST /engine-rest/group/create
                PUT /engine-rest/group/operators/members/nobody
                POST /engine-rest/tenant/create
                POST /engine-rest/identity/verify
                POST /engine-rest/engine/default/user/create
                POST /engine-rest/deployment/create
                DELETE /engine-rest/deployment/unknown
                POST /engine-rest/engine/default/deployment/create
                GET /camunda/app/welcome/default/
                GET /camunda/api/engine/engine/
                GET /camunda/api/engine/engine/default/task
                POST /camunda/api/engine/engine/default/task/count
                POST /camunda/api/engine/engine/default/task/unknown/complete
                POST /camunda/api/engine/engine/default/user/create
                POST /camunda/api/engine/engine/default/identity/verify
                POST /camunda/api/engine/engine/default/deployment/create
                POST /camunda/api/admin/setup/default/user/create
                """.lines().map(line -> line.split(" ")).map(line -> new MatrixRoute(line[0], line[1]));
    }

    /** A path of this area: what it is about exists where the area is found by it, and nothing else does. */
    String path(Area about, Map<String, String> numbers) {
        String kind = pattern.replaceFirst("^(/api/v1)?/", "").replaceFirst("/.*", "");
        return pattern.replace("{environment}", String.valueOf(about.environment()))
                .replace("{team}", String.valueOf(about.team()))
                .replace("{id}", numbers.getOrDefault(kind + "/" + about, "nobody-knows"))
                .replaceAll("/\\*\\*$", "/x")
                .replaceAll("\\{[^}]+}", "x");
    }

    @Override
    public int compareTo(MatrixRoute other) {
        return Comparator.comparing(MatrixRoute::pattern)
                .thenComparing(MatrixRoute::method)
                .compare(this, other);
    }

    @Override
    public String toString() {
        return method + " " + pattern;
    }
}
