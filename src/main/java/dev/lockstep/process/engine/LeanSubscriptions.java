package dev.lockstep.process.engine;

import org.camunda.bpm.engine.impl.event.EventType;
import org.camunda.bpm.engine.impl.interceptor.Session;
import org.camunda.bpm.engine.impl.interceptor.SessionFactory;
import org.camunda.bpm.engine.impl.persistence.entity.EventSubscriptionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.EventSubscriptionManager;

/**
 * Ends subscriptions to compensation without looking for jobs of theirs: the engine has none, because it calls handlers
 * at once, and every step that can be undone would cost two queries.
 */
final class LeanSubscriptions extends EventSubscriptionManager {

    @Override
    public void deleteEventSubscription(EventSubscriptionEntity subscription) {
        if (subscription.isSubscriptionForEventType(EventType.COMPENSATE)) {
            getDbEntityManager().delete(subscription);
        } else {
            super.deleteEventSubscription(subscription);
        }
    }

    /** Puts it in the place of the engine's own. */
    static SessionFactory factory() {
        return new SessionFactory() {
            @Override
            public Class<?> getSessionType() {
                return EventSubscriptionManager.class;
            }

            @Override
            public Session openSession() {
                return new LeanSubscriptions();
            }
        };
    }
}
