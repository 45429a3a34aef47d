package io.thumbnailer.imaging.header;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.time.Duration;
import javax.imageio.stream.FileImageInputStream;

/**
 * An image file that stops to give bytes when a decode takes too long or its thread is interrupted.
 * So a decoder ends wherever it is, since none gets far without input.
 */
public final class DeadlineInput extends FileImageInputStream {
  private final long deadline;

  public DeadlineInput(Path file, Duration limit) throws IOException {
    super(file.toFile());
    this.deadline = System.nanoTime() + limit.toNanos();
  }

  @Override
  public int read() throws IOException {
    check();
    return super.read();
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    check();
    return super.read(bytes, offset, length);
  }

  public boolean expired() {
    return System.nanoTime() - deadline > 0;
  }

  private void check() throws InterruptedIOException {
    if (expired()) {
      throw new InterruptedIOException("the image takes too long to decode");
    }
    if (Thread.currentThread().isInterrupted()) {
      throw new InterruptedIOException("interrupted");
    }
  }
}
