package dev.lockstep.access;

import dev.lockstep.port.EngineDirectory;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The engine's users and groups in memory. */
final class RecordedDirectory implements EngineDirectory {

    final Map<String, Set<String>> groups = new ConcurrentHashMap<>();

    @Override
    public void mirror(String userId, String displayName, Set<String> userGroups) {
        groups.put(userId, Set.copyOf(userGroups));
    }

    @Override
    public void remove(String userId) {
        groups.remove(userId);
    }
}
