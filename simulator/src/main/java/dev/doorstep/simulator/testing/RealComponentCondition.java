package dev.doorstep.simulator.testing;

import static dev.doorstep.simulator.testing.ComponentCount.COMPONENTS;
import static java.util.stream.Collectors.joining;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.annotation.Testable;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;

/** Decides about tests with {@link RealComponent}, and counts them. */
final class RealComponentCondition implements ExecutionCondition {

  /** Where to count, for tests of this class; else the module whose tests run. */
  static final String MODULE = "doorstep.components.module";

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    Class<?> testClass = context.getRequiredTestClass();
    List<Component> needed =
        Stream.concat(context.getTestMethod().stream(), enclosing(testClass))
            .flatMap(RealComponentCondition::components)
            .distinct()
            .toList();
    List<Component> missing = needed.stream().filter(c -> !c.installed()).toList();
    ComponentLog log = log(context);
    if (missing.isEmpty()) {
      context
          .getTestMethod()
          .ifPresent(test -> needed.forEach(component -> log.ran(component, name(context, test))));
      return ConditionEvaluationResult.enabled("every program that it needs is here");
    }
    Stream<Method> tests = context.getTestMethod().map(Stream::of).orElseGet(() -> all(testClass));
    tests.forEach(test -> missing.forEach(c -> log.leftOut(c, name(context, test))));
    String reason =
        missing.stream()
            .map(c -> "needs " + c.name() + " (" + c.installation() + ")")
            .collect(joining(", "));
    if (ComponentCount.requires(context.getConfigurationParameter(COMPONENTS))) {
      throw new IllegalStateException(reason + ", and " + COMPONENTS + " is required");
    }
    return ConditionEvaluationResult.disabled(reason);
  }

  private static ComponentLog log(ExtensionContext context) {
    String basedir = System.getProperty("basedir", "");
    return new ComponentLog(Path.of(context.getConfigurationParameter(MODULE).orElse(basedir)));
  }

  private static String name(ExtensionContext context, Method test) {
    return context.getRequiredTestClass().getName() + "." + test.getName();
  }

  private static Stream<Class<?>> enclosing(Class<?> testClass) {
    return Stream.iterate(testClass, c -> c != null, Class::getEnclosingClass);
  }

  private static Stream<Component> components(AnnotatedElement element) {
    return AnnotationSupport.findRepeatableAnnotations(element, RealComponent.class).stream()
        .map(annotation -> new Component(annotation.value()));
  }

  private static Stream<Method> all(Class<?> testClass) {
    return ReflectionSupport.findMethods(
        testClass,
        method -> AnnotationSupport.isAnnotated(method, Testable.class),
        HierarchyTraversalMode.TOP_DOWN)
        .stream();
  }
}
