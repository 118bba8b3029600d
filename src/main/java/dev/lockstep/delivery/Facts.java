package dev.lockstep.delivery;

import dev.lockstep.domain.Stage;
import dev.lockstep.domain.Version;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the protocol tells of versions, beside their values. */
final class Facts {

    private Facts() {}

    /** The data of an answer without a value, as for a version that was deleted. */
    static Map<String, ?> of(Version version) {
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        data.put("data", null);
        data.put("metadata", metadata(version, Map.of()));
        return data;
    }

    /** @param shape in which form the value is told */
    static Map<String, ?> metadata(Version version, Map<String, String> shape) {
        Map<String, Object> metadata = new LinkedHashMap<>(life(version, false));
        String stage = version.stage().name().toLowerCase(Locale.ROOT);
        metadata.put("custom_metadata", custom("stage", stage, shape));
        metadata.put("version", version.ref().version());
        return metadata;
    }

    /** What is told besides what the protocol knows. */
    static Map<String, String> custom(String key, String value, Map<String, String> shape) {
        Map<String, String> custom = new LinkedHashMap<>();
        custom.put(key, value);
        custom.putAll(shape);
        return custom;
    }

    static Map<String, Object> life(Version version, boolean destroyed) {
        return Map.of(
                "created_time",
                version.createdAt().toString(),
                "deletion_time",
                live(version) ? "" : version.changedAt().toString(),
                "destroyed",
                destroyed);
    }

    private static boolean live(Version version) {
        return version.stage() == Stage.STAGED || version.stage() == Stage.CURRENT || version.stage() == Stage.PREVIOUS;
    }
}
