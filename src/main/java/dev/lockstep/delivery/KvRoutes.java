package dev.lockstep.delivery;

import dev.lockstep.domain.Credential;
import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.Stage;
import dev.lockstep.domain.Version;
import dev.lockstep.port.Versions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The routes of KV version 2, of the mount {@code secret}: the path of a credential is its name. */
final class KvRoutes {

    /** The mount. */
    static final String MOUNT = "secret";

    private static final int MOST_VERSIONS = 100;

    private final Deliveries deliveries;
    private final ReadRights rights;
    private final Versions versions;
    private final Shapes shapes;
    private final ShapesSeen seen;

    KvRoutes(Deliveries deliveries, ReadRights rights, Versions versions, Shapes shapes, ShapesSeen seen) {
        this.deliveries = deliveries;
        this.rights = rights;
        this.versions = versions;
        this.shapes = shapes;
        this.seen = seen;
    }

    /** The form is looked for first: who cannot have it has not read the version. */
    Reply data(Caller caller, String path, Ask ask) {
        Wanted wanted = Wanted.of(path);
        Credential credential = rights.credential(caller, Deliveries.name(wanted.name()));
        Shapes.Shape shape = shapes.of(caller, credential, wanted.schema());
        shapes.check(credential);
        Deliveries.Delivered read = deliveries.read(caller, wanted.name(), version(ask));
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("data", shapes.fields(shape, read));
        seen.saw(caller, shape);
        data.put("metadata", Facts.metadata(read.version(), shape.facts()));
        return Reply.data(
                data,
                read.version().stage() == Stage.PREVIOUS
                        ? List.of("this version has been replaced and ends soon; read without a version")
                        : List.of());
    }

    /** The protocol's clients send 0 when they want the current one. */
    private static OptionalInt version(Ask ask) {
        String text = ask.parameter("version");
        if (text.isEmpty() || text.equals("0")) {
            return OptionalInt.empty();
        }
        if (!text.matches("[1-9][0-9]{0,8}")) {
            throw Refused.because(400, "version: a version is a number, counted from 1");
        }
        return OptionalInt.of(Integer.parseInt(text));
    }

    Reply metadata(Caller caller, String path) {
        Wanted wanted = Wanted.of(path);
        Deliveries.View view = deliveries.look(caller, wanted.name());
        Shapes.Shape shape = shapes.of(caller, view.credential(), wanted.schema());
        CredentialName name = view.credential().name();
        Set<Integer> kept = versions.unerased(name).stream()
                .map(version -> version.ref().version())
                .collect(Collectors.toSet());
        int served =
                view.standing().served().map(version -> version.ref().version()).orElse(0);
        List<Version> told = versions.list(name).stream()
                .filter(version ->
                        version.stage() != Stage.STAGED || version.ref().version() == served)
                .limit(MOST_VERSIONS)
                .toList();
        if (told.isEmpty()) {
            throw Refused.missing();
        }
        Map<String, Object> each = new TreeMap<>();
        told.forEach(version -> each.put(
                Integer.toString(version.ref().version()),
                Facts.life(version, !kept.contains(version.ref().version()))));
        Version oldest = told.get(told.size() - 1);
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("cas_required", false);
        data.put("created_time", oldest.createdAt().toString());
        data.put("current_version", served);
        data.put("custom_metadata", Facts.custom("owner", view.credential().owner(), shape.facts()));
        data.put("delete_version_after", "0s");
        data.put("max_versions", 0);
        data.put("oldest_version", oldest.ref().version());
        data.put("updated_time", told.get(0).changedAt().toString());
        data.put("versions", each);
        return Reply.data(data);
    }

    Reply list(Caller caller, String folder) {
        SortedSet<String> keys = rights.below(caller, folder);
        if (keys.isEmpty()) {
            throw Refused.missing();
        }
        return Reply.data(Map.of("keys", keys));
    }
}
