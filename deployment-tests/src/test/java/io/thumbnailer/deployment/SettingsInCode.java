package io.thumbnailer.deployment;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.TreeScanner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * The settings that the sources read through {@code SettingsReader}, found with the compiler's own
 * parser: each call that has a reader and a key among its receiver and arguments. A method that
 * passes a key on to the reader counts too.
 */
final class SettingsInCode {
  private static final String READER = "SettingsReader";
  private static final String FAMILY = "namesUnder";

  /**
   * One setting. Default and range are absent where they are not constant expressions.
   *
   * @param names the key, then its other names
   */
  record Setting(List<String> names, Optional<Object> defaultValue, Optional<Range> range) {
    String key() {
      return names.get(0);
    }
  }

  /** Both ends included; durations or whole numbers. */
  record Range(Object min, Object max) {}

  private final Map<String, Setting> found = new TreeMap<>();

  private SettingsInCode() {}

  /** All settings of some Java files, by key. Fails when two places disagree about one. */
  static Map<String, Setting> of(List<Path> sources) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    SettingsInCode settings = new SettingsInCode();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null, files, null, List.of(), null, files.getJavaFileObjectsFromPaths(sources));
      for (CompilationUnitTree unit : task.parse()) {
        settings.scan(unit);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return settings.found;
  }

  private void scan(CompilationUnitTree unit) {
    Map<String, ExpressionTree> fields = new HashMap<>();
    new TreeScanner<Void, Void>() {
      @Override
      public Void visitVariable(VariableTree field, Void unused) {
        initializer(field).ifPresent(value -> fields.put(field.getName().toString(), value));
        return null;
      }

      @Override
      public Void visitMethod(MethodTree method, Void unused) {
        return null;
      }
    }.scan(unit, null);
    new TreePathScanner<Void, Void>() {
      @Override
      public Void visitMethod(MethodTree method, Void unused) {
        SettingsInCode.this.scan(getCurrentPath(), new HashMap<>(fields));
        return null;
      }
    }.scan(unit, null);
  }

  private void scan(TreePath method, Map<String, ExpressionTree> variables) {
    Set<String> readers = new HashSet<>();
    new TreeScanner<Void, Void>() {
      @Override
      public Void visitVariable(VariableTree variable, Void unused) {
        String name = variable.getName().toString();
        if (variable.getType() != null && variable.getType().toString().equals(READER)) {
          readers.add(name);
        }
        variables.remove(name);
        initializer(variable).ifPresent(value -> variables.put(name, value));
        return super.visitVariable(variable, null);
      }
    }.scan(method.getLeaf(), null);
    ConstantExpressions constants = new ConstantExpressions(variables);
    new TreePathScanner<Void, Void>() {
      @Override
      public Void visitMethodInvocation(MethodInvocationTree call, Void unused) {
        if (reads(call, readers)) {
          setting(call, constants, getCurrentPath().getParentPath().getParentPath().getLeaf())
              .ifPresent(SettingsInCode.this::add);
        }
        return super.visitMethodInvocation(call, null);
      }
    }.scan(method, null);
  }

  private static Optional<ExpressionTree> initializer(VariableTree variable) {
    // the constants of an enum are objects too
    return Optional.ofNullable(variable.getInitializer())
        .filter(value -> !(value instanceof NewClassTree));
  }

  private static boolean reads(MethodInvocationTree call, Set<String> readers) {
    Stream<ExpressionTree> receiver =
        call.getMethodSelect() instanceof MemberSelectTree select
            ? Stream.of(select.getExpression())
            : Stream.empty();
    return Stream.concat(receiver, call.getArguments().stream())
        .anyMatch(
            tree ->
                tree instanceof IdentifierTree name && readers.contains(name.getName().toString()));
  }

  /** The setting that a call reads; {@code outer} is the call made on its result, if there is. */
  private static Optional<Setting> setting(
      MethodInvocationTree call, ConstantExpressions constants, Tree outer) {
    List<Optional<Object>> arguments = call.getArguments().stream().map(constants::value).toList();
    int key = 0;
    while (key < arguments.size() && !isKey(arguments.get(key))) {
      key++;
    }
    if (key == arguments.size()) {
      return Optional.empty();
    }
    List<String> names = new ArrayList<>();
    names.add((String) arguments.get(key).orElseThrow());
    List<Optional<Object>> rest = arguments.subList(key + 1, arguments.size());
    String method = call.getMethodSelect().toString();
    if (method.endsWith(FAMILY)) {
      names.set(0, names.get(0) + ".NAME");
    }
    if (method.endsWith("text") || method.endsWith("requiredText") || method.endsWith("uri")) {
      rest.forEach(alias -> names.add((String) alias.orElseThrow()));
      return Optional.of(new Setting(names, alternative(outer, constants), Optional.empty()));
    }
    Optional<Object> defaultValue = rest.isEmpty() ? Optional.empty() : rest.get(0);
    Optional<Range> range =
        rest.size() >= 3
            ? rest.get(1).flatMap(min -> rest.get(2).map(max -> new Range(min, max)))
            : Optional.empty();
    return Optional.of(new Setting(names, defaultValue, range));
  }

  private static boolean isKey(Optional<Object> value) {
    return value
        .filter(v -> v instanceof String text && text.startsWith("thumbnailer."))
        .isPresent();
  }

  private static Optional<Object> alternative(Tree outer, ConstantExpressions constants) {
    return outer instanceof MethodInvocationTree call
            && call.getMethodSelect().toString().endsWith(".orElse")
        ? constants.value(call.getArguments().get(0))
        : Optional.empty();
  }

  private void add(Setting setting) {
    Setting other = found.putIfAbsent(setting.key(), setting);
    if (other != null && !other.equals(setting)) {
      throw new AssertionError("read in two ways: " + other + " and " + setting);
    }
  }
}
