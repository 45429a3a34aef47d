package io.thumbnailer.scalinglab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class EndOnSignalTest {
  /** What is run in a process of its own. */
  static final class Holder {
    @SuppressWarnings("try") // both are there to be closed
    public static void main(String[] arguments) throws InterruptedException {
      try (EndOnSignal tidy = new EndOnSignal();
          AutoCloseable servers = () -> System.out.println("servers stopped")) {
        System.out.println("running");
        Thread.sleep(60_000);
      } catch (InterruptedException e) {
        throw e;
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }

  @Test
  void aTerminatedProcessStopsItsChildren() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Holder.class.getName())
            .redirectErrorStream(true)
            .start();
    try (BufferedReader output = process.inputReader()) {
      assertThat(output.readLine()).isEqualTo("running");
      process.toHandle().destroy(); // unlike Process.destroy, leaves its output open
      assertThat(output.readLine()).isEqualTo("servers stopped");
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
  }
}
