package dev.lockstep.process.engine.expression;

import java.util.Set;
import org.camunda.bpm.engine.BadUserRequestException;
import org.camunda.bpm.engine.delegate.BaseDelegateExecution;
import org.camunda.bpm.engine.delegate.VariableScope;
import org.camunda.bpm.engine.impl.el.Expression;
import org.camunda.bpm.engine.impl.el.JuelExpression;
import org.camunda.bpm.engine.impl.el.JuelExpressionManager;
import org.camunda.bpm.engine.impl.el.VariableContextElResolver;
import org.camunda.bpm.engine.impl.el.VariableScopeElResolver;
import org.camunda.bpm.impl.juel.jakarta.el.ArrayELResolver;
import org.camunda.bpm.impl.juel.jakarta.el.BeanELResolver;
import org.camunda.bpm.impl.juel.jakarta.el.CompositeELResolver;
import org.camunda.bpm.impl.juel.jakarta.el.ELResolver;
import org.camunda.bpm.impl.juel.jakarta.el.ListELResolver;
import org.camunda.bpm.impl.juel.jakarta.el.MapELResolver;
import org.camunda.bpm.impl.juel.jakarta.el.ValueExpression;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates the expressions of models under the {@link ExpressionGuard}. An expression without a process around it can
 * only come from a query, so it must be one of three fixed texts.
 */
public final class ModelExpressions extends JuelExpressionManager {

    /** The properties of {@code execution} and {@code task} that an expression may read. */
    public static final Set<String> FACTS = Set.of(
            "id",
            "name",
            "assignee",
            "priority",
            "eventName",
            "businessKey",
            "processBusinessKey",
            "processInstanceId",
            "processDefinitionId",
            "activityInstanceId",
            "currentActivityId",
            "currentActivityName",
            "taskDefinitionKey");

    /** What a stored filter may ask for; the engine answers it from the login, not from the sender's text. */
    static final Set<String> IN_QUERIES = Set.of("${currentUser()}", "${currentUserGroups()}", "${now()}");

    private final ModelBeans modelBeans;

    /** Shows models the given beans only. */
    public ModelExpressions(ModelBeans modelBeans) {
        this.modelBeans = modelBeans;
    }

    @Override
    protected ELResolver createElResolver() {
        CompositeELResolver resolvers = new CompositeELResolver();
        resolvers.add(new ExpressionGuard(modelBeans));
        resolvers.add(new ModelBeanResolver(modelBeans));
        resolvers.add(new VariableScopeElResolver());
        resolvers.add(new VariableContextElResolver());
        resolvers.add(new ArrayELResolver(true));
        resolvers.add(new ListELResolver(true));
        resolvers.add(new MapELResolver(true));
        resolvers.add(new BeanELResolver(true));
        return resolvers;
    }

    @Override
    public Expression createExpression(String expression) {
        return new ModelExpression(createValueExpression(expression), this, expression);
    }

    private static final class ModelExpression extends JuelExpression {

        ModelExpression(ValueExpression value, JuelExpressionManager manager, String text) {
            super(value, manager, text);
        }

        @Override
        public Object getValue(@Nullable VariableScope scope, @Nullable BaseDelegateExecution execution) {
            if (scope == null && !isLiteralText() && !IN_QUERIES.contains(getExpressionText())) {
                throw new BadUserRequestException("queries may only use the expressions " + IN_QUERIES);
            }
            return super.getValue(scope, execution);
        }
    }
}
