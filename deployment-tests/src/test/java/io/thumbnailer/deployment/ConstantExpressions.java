package io.thumbnailer.deployment;

import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.Tree;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Evaluates the expressions in which defaults and ranges of settings are written: literals, sums,
 * products and shifts of whole numbers, durations, and the constants of the same file.
 */
final class ConstantExpressions {
  private static final Map<String, Function<Long, Duration>> DURATIONS =
      Map.of(
          "Duration.ofMillis", Duration::ofMillis,
          "Duration.ofSeconds", Duration::ofSeconds,
          "Duration.ofMinutes", Duration::ofMinutes,
          "Duration.ofHours", Duration::ofHours,
          "Duration.ofDays", Duration::ofDays);
  private static final Map<String, Object> KNOWN =
      Map.of("Duration.ZERO", Duration.ZERO, "Long.MAX_VALUE", Long.MAX_VALUE);

  private final Map<String, ExpressionTree> variables;

  ConstantExpressions(Map<String, ExpressionTree> variables) {
    this.variables = Map.copyOf(variables);
  }

  /** A {@code Long}, {@code String}, {@code Boolean} or {@code Duration}; empty if not constant. */
  Optional<Object> value(ExpressionTree tree) {
    if (tree instanceof LiteralTree literal) {
      return Optional.ofNullable(literal.getValue()).map(ConstantExpressions::widened);
    }
    if (tree instanceof ParenthesizedTree inner) {
      return value(inner.getExpression());
    }
    if (tree instanceof IdentifierTree name) {
      return Optional.ofNullable(variables.get(name.getName().toString())).flatMap(this::value);
    }
    if (tree instanceof MemberSelectTree member) {
      return Optional.ofNullable(KNOWN.get(member.toString()));
    }
    if (tree instanceof MethodInvocationTree call) {
      return Optional.ofNullable(DURATIONS.get(call.getMethodSelect().toString()))
          .flatMap(unit -> number(call.getArguments().get(0)).map(unit));
    }
    if (tree instanceof BinaryTree sum) {
      return binary(sum);
    }
    return Optional.empty();
  }

  private static Object widened(Object literal) {
    return literal instanceof Integer number ? Long.valueOf(number) : literal;
  }

  private Optional<Long> number(ExpressionTree tree) {
    return value(tree).filter(Long.class::isInstance).map(Long.class::cast);
  }

  private Optional<Object> binary(BinaryTree tree) {
    Optional<Object> left = value(tree.getLeftOperand());
    Optional<Object> right = value(tree.getRightOperand());
    if (left.isEmpty() || right.isEmpty()) {
      return Optional.empty();
    }
    if (left.get() instanceof Long a && right.get() instanceof Long b) {
      return switch (tree.getKind()) {
        case PLUS -> Optional.of(a + b);
        case MINUS -> Optional.of(a - b);
        case MULTIPLY -> Optional.of(a * b);
        case LEFT_SHIFT -> Optional.of(a << b);
        case RIGHT_SHIFT -> Optional.of(a >> b);
        default -> Optional.empty();
      };
    }
    return tree.getKind() == Tree.Kind.PLUS
        ? Optional.of(String.valueOf(left.get()) + right.get())
        : Optional.empty();
  }
}
