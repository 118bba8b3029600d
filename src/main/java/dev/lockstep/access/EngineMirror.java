package dev.lockstep.access;

import dev.lockstep.port.EngineDirectory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.transaction.support.TransactionTemplate;

/** Makes the engine's copy of the users right at each start, before the first request is served. */
final class EngineMirror implements SmartInitializingSingleton {

    private final AccessUsers users;
    private final EngineDirectory engine;
    private final TransactionTemplate transaction;

    EngineMirror(AccessUsers users, EngineDirectory engine, TransactionTemplate transaction) {
        this.users = users;
        this.engine = engine;
        this.transaction = transaction;
    }

    @Override
    public void afterSingletonsInstantiated() {
        transaction.executeWithoutResult(status -> users.list().forEach(this::mirror));
    }

    private void mirror(AccessUser user) {
        if (user.disabled()) {
            engine.remove(user.id());
        } else {
            engine.mirror(user.id(), user.displayName(), user.grants().engineGroups());
        }
    }
}
