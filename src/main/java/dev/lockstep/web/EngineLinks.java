package dev.lockstep.web;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Where the engine's web applications show tasks and instances. */
final class EngineLinks {

    private EngineLinks() {}

    static String task(String id) {
        return "/camunda/app/tasklist/default/#/?task=" + encoded(id);
    }

    static String instance(String id) {
        return "/camunda/app/cockpit/default/#/process-instance/" + encoded(id);
    }

    static String definition(String id) {
        return "/camunda/app/cockpit/default/#/process-definition/" + encoded(id);
    }

    private static String encoded(String id) {
        return URLEncoder.encode(id, StandardCharsets.UTF_8);
    }
}
