package dev.lockstep.delivery;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** What clients ask about the server itself. */
final class SystemRoutes {

    /** Clients compare it to know which routes there are; what follows the sign tells that it is another server. */
    private static final String VERSION = "1.12.0+lockstep";

    private final BooleanSupplier up;
    private final Clock clock;

    SystemRoutes(BooleanSupplier up, Clock clock) {
        this.up = up;
        this.clock = clock;
    }

    Reply health() {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("initialized", true);
        body.put("sealed", false);
        body.put("standby", false);
        body.put("performance_standby", false);
        body.put("replication_performance_mode", "disabled");
        body.put("replication_dr_mode", "disabled");
        body.put("server_time_utc", clock.instant().getEpochSecond());
        body.put("version", VERSION);
        body.put("cluster_name", "lockstep");
        return Reply.plain(up.getAsBoolean() ? 200 : 503, body);
    }

    /** The mount that a path belongs to. */
    Reply mount(String path) {
        String first = path.contains("/") ? path.substring(0, path.indexOf('/')) : path;
        return switch (first) {
            case KvRoutes.MOUNT -> Reply.data(described(KvRoutes.MOUNT));
            case StaticRoutes.MOUNT -> Reply.data(described(StaticRoutes.MOUNT));
            default -> throw Refused.denied();
        };
    }

    Reply mounts() {
        Map<String, Object> mounts = new LinkedHashMap<>();
        mounts.put(KvRoutes.MOUNT + '/', described(KvRoutes.MOUNT));
        mounts.put(StaticRoutes.MOUNT + '/', described(StaticRoutes.MOUNT));
        return Reply.data(mounts);
    }

    private static Map<String, Object> described(String mount) {
        boolean kv = mount.equals(KvRoutes.MOUNT);
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("path", mount + '/');
        data.put("type", kv ? "kv" : "database");
        data.put("description", kv ? "credentials by name" : "credentials as static roles");
        data.put("accessor", "lockstep_" + mount);
        data.put("local", false);
        data.put("seal_wrap", false);
        data.put("options", kv ? Map.of("version", "2") : Map.of());
        return data;
    }
}
