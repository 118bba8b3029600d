package dev.lockstep.process.engine.expression;

import org.camunda.bpm.engine.BadUserRequestException;
import org.camunda.bpm.engine.impl.TaskQueryImpl;
import org.camunda.bpm.engine.impl.cmd.AbstractExecuteFilterCmd;
import org.camunda.bpm.engine.impl.cmd.SaveFilterCmd;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandInterceptor;
import org.camunda.bpm.engine.impl.persistence.entity.FilterEntity;
import org.jspecify.annotations.Nullable;

/**
 * Refuses a task query or filter with an expression of the sender's own, at the top as well as inside
 * {@code orQueries}, before the engine evaluates anything of it.
 */
public final class QueryExpressionGuard extends CommandInterceptor {

    private static final EngineField<Object> SAVED = new EngineField<>(SaveFilterCmd.class, "filter");
    private static final EngineField<Object> EXECUTED = new EngineField<>(AbstractExecuteFilterCmd.class, "filterId");
    private static final EngineField<Object> EXTENDING =
            new EngineField<>(AbstractExecuteFilterCmd.class, "extendingQuery");

    @Override
    public <T> T execute(Command<T> command) {
        if (command instanceof TaskQueryImpl query) {
            check(query);
        } else if (command instanceof SaveFilterCmd) {
            checkFilter(SAVED.of(command));
        } else if (command instanceof AbstractExecuteFilterCmd) {
            check(EXTENDING.of(command));
            if (EXECUTED.of(command) instanceof String id) {
                checkFilter(Context.getCommandContext().getFilterManager().findFilterById(id));
            }
        }
        return next.execute(command);
    }

    private static void checkFilter(@Nullable Object filter) {
        if (filter instanceof FilterEntity entity) {
            Object query = entity.getQuery();
            check(query);
        }
    }

    private static void check(@Nullable Object query) {
        if (query instanceof TaskQueryImpl tasks) {
            tasks.getQueries().forEach(QueryExpressionGuard::checkOne);
        }
    }

    private static void checkOne(TaskQueryImpl query) {
        query.getExpressions().forEach((field, expression) -> {
            if (!ModelExpressions.IN_QUERIES.contains(expression)) {
                throw new BadUserRequestException("the expression of '" + field + "' is refused: a query may only use "
                        + ModelExpressions.IN_QUERIES);
            }
        });
    }
}
