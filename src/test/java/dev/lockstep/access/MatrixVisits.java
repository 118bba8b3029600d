package dev.lockstep.access;

import dev.lockstep.domain.Area;
import dev.lockstep.testing.Visitor;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** Asks for paths as somebody with one role, with a body that no route takes. */
final class MatrixVisits {

    static final String PASSWORD = "long enough to pass";

    /** Each role, and those that can be limited for one environment, one team everywhere, and one team there. */
    static final List<Grant> GRANTS = Stream.concat(
                    Arrays.stream(Role.values()).map(Grant::everywhere),
                    Arrays.stream(Role.values())
                            .filter(Role::limitable)
                            .flatMap(role -> Stream.of("test", "*/shop", "test/shop")
                                    .map(area -> new Grant(role, Area.parse(area)))))
            .toList();

    private static final Map<String, Visitor> PROGRAMS = new HashMap<>();
    private static final Map<String, Visitor> PEOPLE = new HashMap<>();
    private static final Map<String, String> TOKENS = new HashMap<>();

    private final int port;
    private final Runnable later;

    MatrixVisits(int port, Runnable later) {
        this.port = port;
        this.later = later;
    }

    static String id(Grant grant) {
        return grant.toString().replace('@', '-').replace('/', '.').replace('*', 'x');
    }

    /** Logs everybody in, which leaves refusals of its own in the trail. */
    void begin() {
        GRANTS.forEach(grant -> PEOPLE.put(id(grant), logIn(id(grant))));
        PEOPLE.put("nobody", logIn("nobody"));
    }

    /**
     * Whether the rules refuse a request; any other answer, such as one about the body, counts as let in.
     *
     * @param request user, method and path
     */
    boolean refused(String request) {
        later.run();
        String[] words = request.split(" ");
        return isRefusal(ask(words[0], words[1], words[2]));
    }

    boolean refusedWithoutLogin(String method, String path) {
        Visitor stranger = new Visitor(port);
        return isRefusal(method.equals("GET") ? stranger.get(path) : stranger.json(method, path, ""));
    }

    private HttpResponse<String> ask(String user, String method, String path) {
        if (method.equals("GET")) {
            return program(user).get(path);
        }
        if (path.startsWith("/api/") || path.startsWith("/engine-rest/") || path.startsWith("/actuator/")) {
            return program(user).json(method, path, "");
        }
        Visitor person = Objects.requireNonNull(PEOPLE.get(user));
        return path.startsWith("/camunda/")
                ? person.json(method, path, "")
                : person.form(path, Map.of("_csrf", TOKENS.getOrDefault(user, "")));
    }

    private static boolean isRefusal(HttpResponse<String> answer) {
        return answer.statusCode() == 401 || answer.statusCode() == 403;
    }

    private Visitor program(String user) {
        return PROGRAMS.computeIfAbsent(user, id -> new Visitor(port).basic(id, PASSWORD));
    }

    /** With our token for pages, and with the webapps' token as far as somebody comes there. */
    private Visitor logIn(String user) {
        Visitor person = new Visitor(port);
        person.logIn(user, PASSWORD);
        TOKENS.put(user, Visitor.token(person.get("/login").body()));
        if (person.get("/camunda/app/welcome/default/").statusCode() == 200) {
            person.with("X-XSRF-TOKEN", person.cookie("XSRF-TOKEN"));
        }
        return person;
    }
}
