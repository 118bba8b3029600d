package dev.lockstep.process.dryrun;

import dev.lockstep.domain.LockstepException;
import dev.lockstep.port.DryRuns;
import dev.lockstep.process.engine.ToldRefusals;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.impl.bpmn.parser.AbstractBpmnParseListener;
import org.camunda.bpm.engine.impl.bpmn.parser.BpmnParseListener;
import org.camunda.bpm.engine.impl.history.event.HistoricActivityInstanceEventEntity;
import org.camunda.bpm.engine.impl.history.event.HistoryEvent;
import org.camunda.bpm.engine.impl.history.event.HistoryEventTypes;
import org.camunda.bpm.engine.impl.history.handler.HistoryEventHandler;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandInterceptor;
import org.camunda.bpm.engine.impl.pvm.process.ScopeImpl;
import org.camunda.bpm.engine.impl.pvm.process.TransitionImpl;
import org.camunda.bpm.engine.impl.util.xml.Element;
import org.camunda.bpm.engine.spring.SpringProcessEngineConfiguration;
import org.camunda.bpm.spring.boot.starter.util.SpringBootProcessEnginePlugin;
import org.jspecify.annotations.Nullable;

/**
 * Writes down each activity as it begins and each flow as it is taken, also what a transaction undoes later, and ends a
 * run that goes on for ever.
 */
public final class PathRecorder extends SpringBootProcessEnginePlugin {

    private static final int MOST = 400;

    private final Clock simulated;
    private final Clock real;
    private final Duration patience;
    private final List<DryRuns.Entry> entries = new ArrayList<>();
    private final Set<String> flows = new LinkedHashSet<>();
    private @Nullable Instant deadline;
    private boolean over;

    /**
     * @param simulated what the entries show
     * @param real what the run is bounded by
     * @param patience how long the run may take from its first activity on
     */
    public PathRecorder(Clock simulated, Clock real, Duration patience) {
        this.simulated = simulated;
        this.real = real;
        this.patience = patience;
    }

    @Override
    public void preInit(SpringProcessEngineConfiguration engine) {
        engine.getCustomHistoryEventHandlers().add(new HistoryEventHandler() {
            @Override
            public void handleEvent(HistoryEvent event) {
                if (event instanceof HistoricActivityInstanceEventEntity activity
                        && event.isEventOfType(HistoryEventTypes.ACTIVITY_INSTANCE_START)) {
                    began(activity);
                }
            }

            @Override
            public void handleEvents(List<HistoryEvent> events) {
                events.forEach(this::handleEvent);
            }
        });
        engine.setCustomPreCommandInterceptorsTxRequired(List.of(new Failures()));
        engine.setCommandContextFactory(new ToldRefusals(engine, PathRecorder::isTold));
        List<BpmnParseListener> listeners =
                new ArrayList<>(Objects.requireNonNullElse(engine.getCustomPostBPMNParseListeners(), List.of()));
        listeners.add(new AbstractBpmnParseListener() {
            @Override
            public void parseSequenceFlow(Element flow, ScopeImpl scope, TransitionImpl transition) {
                transition.addListener(
                        ExecutionListener.EVENTNAME_TAKE, (ExecutionListener) taken -> flows.add(transition.getId()));
            }
        });
        engine.setCustomPostBPMNParseListeners(listeners);
    }

    /** What a step or the engine says about the model stands in the report. */
    private static boolean isTold(Throwable failure) {
        return failure instanceof LockstepException || failure instanceof ProcessEngineException;
    }

    private void began(HistoricActivityInstanceEventEntity activity) {
        String id = activity.getActivityId();
        String name = activity.getActivityName();
        entries.add(new DryRuns.Entry(
                id,
                name == null || name.isBlank() ? id : name,
                activity.getActivityType(),
                true,
                null,
                simulated.instant()));
        Instant now = real.instant();
        Instant latest = deadline == null ? now.plus(patience) : deadline;
        deadline = latest;
        if (entries.size() >= MOST || now.isAfter(latest)) {
            over = true;
            throw new IllegalStateException("the dry run took too many steps or too long");
        }
    }

    /** Whether the run must not go on. */
    boolean over() {
        return over;
    }

    /** The activity that began last. */
    public @Nullable String current() {
        return entries.isEmpty() ? null : entries.get(entries.size() - 1).activity();
    }

    /** The activity that began last has failed; what is known of it first is kept. */
    public void failed(String problem) {
        int last = entries.size() - 1;
        if (last >= 0 && entries.get(last).problem() == null) {
            DryRuns.Entry entry = entries.get(last);
            entries.set(
                    last,
                    new DryRuns.Entry(entry.activity(), entry.name(), entry.type(), entry.kept(), problem, entry.at()));
        }
    }

    /** A place in the path. */
    int mark() {
        return entries.size();
    }

    /** What began since a mark was undone with its transaction. */
    void undoneSince(int mark) {
        for (int i = mark; i < entries.size(); i++) {
            DryRuns.Entry entry = entries.get(i);
            entries.set(
                    i,
                    new DryRuns.Entry(
                            entry.activity(), entry.name(), entry.type(), false, entry.problem(), entry.at()));
        }
    }

    /** How often an activity has begun and was kept. */
    long visits(String activity) {
        return entries.stream()
                .filter(entry -> entry.kept() && entry.activity().equals(activity))
                .count();
    }

    List<DryRuns.Entry> path() {
        return List.copyOf(entries);
    }

    List<String> flows() {
        return List.copyOf(flows);
    }

    /** Notes what breaks in the engine and in no step of ours: an expression, a gateway without a way on. */
    private final class Failures extends CommandInterceptor {
        @Override
        public <T> T execute(Command<T> command) {
            int before = entries.size();
            try {
                return next.execute(command);
            } catch (RuntimeException failure) {
                if (entries.size() > before) {
                    failed(String.valueOf(failure.getMessage()));
                }
                throw failure;
            }
        }
    }
}
