package io.gamestream.local.testing;

import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * {@code @ExtendWith(StackExtension.class)} gives a {@link Stack} to constructors, life cycle methods and tests that have
 * it as a parameter. The first test class of a JVM waits until it has started; it ends with the JVM.
 */
public final class StackExtension implements ExecutionCondition, BeforeAllCallback, ParameterResolver {

    /** Here rather than where the stack is started: a class that is created once has its parameters before anything could skip it. */
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return Stacks.obstacle()
                .map(ConditionEvaluationResult::disabled)
                .orElseGet(() -> ConditionEvaluationResult.enabled("there is a stack to start or to reach"));
    }

    /** So that no test's own time has the start in it. */
    @Override
    public void beforeAll(ExtensionContext context) {
        Stacks.shared();
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Stack.class;
    }

    @Override
    public Stack resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return Stacks.shared();
    }
}
