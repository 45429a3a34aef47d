package io.thumbnailer.systemtests.browser;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Tests that need a browser. Without one they are skipped and say so; where {@code CI=true} they
 * fail, so that no build passes without them by mistake.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@ExtendWith(BrowserTest.Condition.class)
@interface BrowserTest {

  /** Looks for the browser once per class. */
  final class Condition implements ExecutionCondition {
    private static final String MISSING =
        "chromium and chromedriver are not on the PATH (Debian: apt-get install chromium"
            + " chromium-driver)";

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      if (ChromiumInstallation.find().isPresent()) {
        return ConditionEvaluationResult.enabled("there is a browser");
      }
      if ("true".equals(System.getenv("CI"))) {
        throw new IllegalStateException(MISSING);
      }
      System.err.println("SKIPPED " + context.getDisplayName() + ": " + MISSING);
      return ConditionEvaluationResult.disabled(MISSING);
    }
  }
}
