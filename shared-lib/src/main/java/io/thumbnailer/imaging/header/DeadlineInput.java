package io.thumbnailer.imaging.header;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.time.Duration;
import javax.imageio.stream.ImageInputStreamImpl;

/**
 * A buffered image file that stops returning bytes when reading takes too long or the thread is
 * interrupted. This ends every decoder, because none gets far without input.
 */
public final class DeadlineInput extends ImageInputStreamImpl {
  private static final int BUFFER_BYTES = 1 << 14;

  private final RandomAccessFile file;
  private final long length;
  private final long deadline;
  private final int readsBefore;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private long bufferStart;
  private int bufferLength;
  private int reads;
  private int unchecked;

  /** Opens a file whose reads fail after a time limit from now. */
  public DeadlineInput(Path file, Duration limit) throws IOException {
    this(file, limit, 0);
  }

  /**
   * Opens a file whose reads fail after a time limit from now, but not before the given number of
   * reads: on a machine that stalls for a moment, a small header can still be read.
   */
  public DeadlineInput(Path file, Duration limit, int readsBefore) throws IOException {
    this.file = new RandomAccessFile(file.toFile(), "r");
    this.length = this.file.length();
    this.deadline = System.nanoTime() + limit.toNanos();
    this.readsBefore = readsBefore;
  }

  @Override
  public int read() throws IOException {
    bitOffset = 0;
    int at = buffered();
    if (at < 0) {
      return -1;
    }
    took(1);
    streamPos++;
    return buffer[at] & 0xFF;
  }

  @Override
  public int read(byte[] bytes, int offset, int count) throws IOException {
    bitOffset = 0;
    if (count == 0) {
      return 0;
    }
    if (count >= BUFFER_BYTES && !holds(streamPos)) {
      check();
      file.seek(streamPos);
      int read = file.read(bytes, offset, count);
      streamPos += Math.max(0, read);
      return read;
    }
    // Numbers are read with a single call, which must not end at the end of the buffer.
    int read = 0;
    while (read < count) {
      int at = buffered();
      if (at < 0) {
        return read == 0 ? -1 : read;
      }
      int piece = Math.min(count - read, bufferLength - at);
      System.arraycopy(buffer, at, bytes, offset + read, piece);
      streamPos += piece;
      read += piece;
      took(piece);
    }
    return read;
  }

  @Override
  public long length() {
    return length;
  }

  @Override
  public void close() throws IOException {
    super.close();
    file.close();
  }

  /** Whether the time limit has passed. */
  public boolean expired() {
    return System.nanoTime() - deadline > 0;
  }

  private boolean holds(long position) {
    return position >= bufferStart && position < bufferStart + bufferLength;
  }

  /** The index of the next byte in the buffer; -1 at the end of the file. */
  private int buffered() throws IOException {
    if (!holds(streamPos)) {
      check();
      file.seek(streamPos);
      bufferStart = streamPos;
      bufferLength = Math.max(0, file.read(buffer));
      if (bufferLength == 0) {
        return -1;
      }
    }
    return (int) (streamPos - bufferStart);
  }

  /** Checks the limit here too, so that a reader that loops within the buffer also ends. */
  private void took(int bytes) throws IOException {
    unchecked += bytes;
    if (unchecked >= BUFFER_BYTES) {
      check();
    }
  }

  private void check() throws InterruptedIOException {
    unchecked = 0;
    if (reads++ >= readsBefore && expired()) {
      throw new InterruptedIOException("the image takes too long to read");
    }
    if (Thread.currentThread().isInterrupted()) {
      throw new InterruptedIOException("interrupted");
    }
  }
}
