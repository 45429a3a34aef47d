package io.thumbnailer.imaging.header;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import javax.imageio.stream.ImageInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeadlineInputTest {
  private static final int INTS = 20_000;

  @TempDir private Path directory;

  @Test
  void aNumberIsReadWhereverTheBufferEnds() throws Exception {
    try (DeadlineInput in = new DeadlineInput(numbers(), Duration.ofMinutes(1))) {
      for (int first = 0; first < 4; first++) {
        in.seek(first);
        in.read(); // fills the buffer from there
        in.seek(0);
        for (int i = 0; i < INTS; i++) {
          assertThat(in.readInt()).isEqualTo(i);
        }
      }
    }
  }

  @Test
  void aNumberIsReadWhereverAPieceEnds() throws Exception {
    try (DeadlineInput file = new DeadlineInput(numbers(), Duration.ofMinutes(1))) {
      List<Splice> pieces =
          List.of(Splice.of(new byte[] {0, 0, 0}), Splice.file(3, 21), Splice.file(21, 4L * INTS));
      try (ImageInputStream in = new SplicedInput(file, pieces)) {
        for (int i = 0; i < 10; i++) {
          assertThat(in.readInt()).isEqualTo(i);
        }
      }
    }
  }

  @Test
  void aReaderThatStaysWithinTheBufferIsStoppedToo() throws Exception {
    try (DeadlineInput in = new DeadlineInput(numbers(), Duration.ofMillis(1), 1)) {
      in.read();
      Thread.sleep(2);
      assertThat(in.expired()).isTrue();
      assertThatThrownBy(
              () -> {
                for (int i = 0; i < 100_000; i++) {
                  in.seek(0);
                  in.readInt();
                }
              })
          .isInstanceOf(InterruptedIOException.class);
    }
  }

  private Path numbers() throws Exception {
    ByteBuffer bytes = ByteBuffer.allocate(4 * INTS);
    for (int i = 0; i < INTS; i++) {
      bytes.putInt(i);
    }
    return Files.write(directory.resolve("numbers"), bytes.array());
  }
}
