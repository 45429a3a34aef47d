package io.thumbnailer.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PostponedTasksTest {
  private final AtomicBoolean away = new AtomicBoolean(true);
  private final List<String> done = new CopyOnWriteArrayList<>();
  private final PostponedTasks tasks =
      new PostponedTasks(2, Set.of(IllegalStateException.class), Duration.ofMillis(5));

  @AfterEach
  void close() {
    tasks.close();
  }

  private Runnable task(String name) {
    return () -> {
      if (away.get()) {
        throw new IllegalStateException("away");
      }
      done.add(name);
    };
  }

  @Test
  void repeatsTasksInTheirOrderUntilTheServiceIsBack() {
    assertThat(tasks.add(task("first"))).isTrue();
    assertThat(tasks.add(task("second"))).isTrue();
    assertThat(tasks.size()).isEqualTo(2);

    away.set(false);
    await().until(() -> tasks.size() == 0);
    assertThat(done).containsExactly("first", "second");
  }

  @Test
  void refusesTasksBeyondItsCapacity() {
    assertThat(tasks.add(task("repeated"))).isTrue();
    await().until(() -> !tasks.add(task("waiting")) || tasks.size() == 3);

    assertThat(tasks.add(task("too many"))).isFalse();
  }

  @Test
  void discardsATaskThatFailsForAnotherReason() {
    away.set(false);
    assertThat(
            tasks.add(
                () -> {
                  throw new IllegalArgumentException("broken");
                }))
        .isTrue();
    assertThat(tasks.add(task("next"))).isTrue();

    await().until(() -> done.contains("next"));
  }
}
