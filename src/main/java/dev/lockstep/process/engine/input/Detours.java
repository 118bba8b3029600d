package dev.lockstep.process.engine.input;

import dev.lockstep.process.engine.expression.EngineField;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.camunda.bpm.engine.impl.ProcessInstanceModificationBuilderImpl;
import org.camunda.bpm.engine.impl.cmd.AbstractModificationCmd;
import org.camunda.bpm.engine.impl.cmd.AbstractRestartProcessInstanceCmd;
import org.camunda.bpm.engine.impl.cmd.DeleteProcessInstanceCmd;
import org.camunda.bpm.engine.impl.cmd.DeleteProcessInstancesCmd;
import org.camunda.bpm.engine.impl.cmd.ModifyProcessInstanceAsyncCmd;
import org.camunda.bpm.engine.impl.cmd.ModifyProcessInstanceCmd;
import org.camunda.bpm.engine.impl.cmd.batch.DeleteProcessInstanceBatchCmd;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.jspecify.annotations.Nullable;

/** Knows the commands that lead an instance past what it waits for: they move it, end it, or begin it once more. */
final class Detours {

    private static final EngineField<ProcessInstanceModificationBuilderImpl> MOVED =
            new EngineField<>(ModifyProcessInstanceCmd.class, "builder");
    private static final EngineField<ProcessInstanceModificationBuilderImpl> MOVED_LATER =
            new EngineField<>(ModifyProcessInstanceAsyncCmd.class, "builder");
    private static final EngineField<String> ENDED =
            new EngineField<>(DeleteProcessInstanceCmd.class, "processInstanceId");
    private static final EngineField<List<String>> ALL_ENDED =
            new EngineField<>(DeleteProcessInstancesCmd.class, "processInstanceIds");

    private Detours() {}

    /** Whether the command does so with whatever instances a query finds, or with those of the past. */
    static boolean isWholesale(Command<?> command) {
        return command instanceof AbstractModificationCmd
                || command instanceof AbstractRestartProcessInstanceCmd
                || command instanceof DeleteProcessInstanceBatchCmd;
    }

    /** The instances with which the command does so; empty when it does no such thing. */
    static List<String> instances(Command<?> command) {
        if (command instanceof ModifyProcessInstanceCmd) {
            return moved(MOVED.of(command));
        }
        if (command instanceof ModifyProcessInstanceAsyncCmd) {
            return moved(MOVED_LATER.of(command));
        }
        if (command instanceof DeleteProcessInstanceCmd) {
            return Stream.ofNullable(ENDED.of(command)).toList();
        }
        return command instanceof DeleteProcessInstancesCmd
                ? Stream.ofNullable(ALL_ENDED.of(command))
                        .flatMap(List::stream)
                        .filter(Objects::nonNull)
                        .toList()
                : List.of();
    }

    private static List<String> moved(@Nullable ProcessInstanceModificationBuilderImpl builder) {
        return Stream.ofNullable(builder)
                .map(ProcessInstanceModificationBuilderImpl::getProcessInstanceId)
                .filter(Objects::nonNull)
                .toList();
    }
}
