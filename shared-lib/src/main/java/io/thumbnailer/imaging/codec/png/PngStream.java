package io.thumbnailer.imaging.codec.png;

import com.sun.jna.Pointer;
import io.thumbnailer.imaging.raster.NativeArena;
import java.io.EOFException;
import java.io.IOException;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import javax.imageio.stream.ImageInputStream;

/**
 * The filtered rows of a PNG: the inflated contents of its IDAT chunks. A wrong checksum does not
 * end the decoding, but is used afterwards to determine whether the rows are damaged.
 */
final class PngStream implements AutoCloseable {
  /** The largest size of all rows that are inflated at once. */
  static final int LARGEST_WHOLE = 16 << 20;

  /** The maximum growth of rows in compression: incompressible data is stored. */
  private static final int OVERHEAD = 1 << 16;

  private static final int IDAT = 0x49444154;
  private static final byte[] NAME = {'I', 'D', 'A', 'T'};

  private final ImageInputStream in;
  private final long chunk;

  /** All rows, if they could be inflated at once. */
  private final Optional<NativeArena> whole;

  private Pointer rows;
  private Inflater inflater;
  private byte[] packed;

  /** The checksum of the current chunk, including its name. */
  private final CRC32 checksum = new CRC32();

  private boolean wrongChecksum;

  /** Holds many rows from a single call of zlib, since each call has an overhead. */
  private byte[] inflated;

  private int begin;
  private int end;

  /** The position of the next row in {@link #rows}. */
  private long position;

  /** The number of bytes in the current IDAT chunk that have not been read yet. */
  private long left;

  /** The number of bytes of the filtered rows that have not been inflated yet. */
  private long missing;

  /**
   * Creates a stream that starts at the first IDAT chunk.
   *
   * @param total size of all rows in bytes
   */
  PngStream(ImageInputStream in, long chunk, long total) throws IOException {
    this(in, chunk, total, NativeInflater.available());
  }

  /**
   * Creates a stream that starts at the first IDAT chunk.
   *
   * @param atOnce whether to inflate all rows with one call of the native library, if possible
   */
  PngStream(ImageInputStream in, long chunk, long total, boolean atOnce) throws IOException {
    this.in = in;
    this.chunk = chunk;
    this.missing = total;
    this.whole = atOnce && total <= LARGEST_WHOLE ? inflateAtOnce(total) : Optional.empty();
    if (whole.isEmpty()) {
      inflater = new Inflater(true);
      packed = new byte[1 << 16];
      inflated = new byte[1 << 18];
      begin();
    }
  }

  private void begin() throws IOException {
    in.seek(chunk);
    left = in.readUnsignedInt();
    in.skipBytes(4);
    beginChecksum();
    skipZlibHeader();
  }

  /** Empty if the stream is damaged or ends early; zlib then finds the rows before that. */
  private Optional<NativeArena> inflateAtOnce(long total) throws IOException {
    long packedBytes;
    try {
      packedBytes = packedBytes();
    } catch (EOFException e) {
      return Optional.empty();
    }
    if (packedBytes > total + OVERHEAD) {
      return Optional.empty();
    }
    NativeArena arena = NativeArena.of(packedBytes + total, 2);
    boolean done = false;
    try {
      Pointer from = arena.part(packedBytes);
      read(from, packedBytes);
      rows = arena.part(total);
      done = NativeInflater.inflate(from, packedBytes, rows, total);
      return done ? Optional.of(arena) : Optional.empty();
    } finally {
      if (!done) {
        arena.close();
      }
    }
  }

  /** The total size of all IDAT chunks without zlib's header. */
  private long packedBytes() throws IOException {
    begin();
    long sum = left;
    in.seek(in.getStreamPosition() + left);
    while (nextIsPixels()) {
      sum += left;
      in.seek(in.getStreamPosition() + left);
    }
    return sum;
  }

  private void read(Pointer to, long bytes) throws IOException {
    begin();
    packed = new byte[1 << 16];
    for (long at = 0; at < bytes; ) {
      int count = fill();
      to.write(at, packed, 0, count);
      at += count;
    }
  }

  private boolean nextIsPixels() throws IOException {
    in.skipBytes(4); // the checksum
    left = in.readUnsignedInt();
    beginChecksum();
    return in.readInt() == IDAT;
  }

  private void beginChecksum() {
    checksum.reset();
    checksum.update(NAME);
  }

  /** Compares the checksum at the end of a chunk's data. */
  private void compareChecksum() throws IOException {
    long position = in.getStreamPosition();
    if (in.length() - position >= Integer.BYTES) {
      wrongChecksum |= in.readUnsignedInt() != checksum.getValue();
      in.seek(position);
    }
  }

  /**
   * Whether the rows are damaged: the checksum of a chunk and that of the rows are both wrong. A
   * single wrong checksum is a defect of the program that wrote the file. Call it after all rows
   * were read.
   */
  boolean isCorrupt() throws IOException {
    while (left > 0 && whole.isEmpty() && in.length() - in.getStreamPosition() >= left) {
      var unused = fill();
    }
    if (!wrongChecksum) {
      return false;
    }
    in.seek(chunk);
    left = in.readUnsignedInt();
    in.skipBytes(4);
    Inflater all = new Inflater();
    try {
      while (!all.finished()) {
        if (all.inflate(new byte[1 << 16]) == 0 && !all.finished()) {
          all.setInput(packed, 0, fill());
        }
      }
      return false;
    } catch (DataFormatException e) {
      return true;
    } catch (EOFException e) {
      return false; // the checksum of the rows is missing
    } finally {
      all.end();
    }
  }

  /**
   * Skips zlib's header: otherwise zlib would compute a checksum over each byte, but it follows
   * after the last row, where nothing is read any more.
   */
  private void skipZlibHeader() throws IOException {
    int method = readByte();
    int flags = readByte();
    boolean deflate = (method & 0x0F) == 8 && (flags & 0x20) == 0;
    if (!deflate || (method << 8 | flags) % 31 != 0) {
      throw new IOException("the compressed pixels are invalid");
    }
  }

  /**
   * Reads the next bytes.
   *
   * @throws EOFException if the file ends before that
   * @throws IOException if they are corrupt
   */
  void next(byte[] row, int length) throws IOException {
    if (whole.isPresent()) {
      if (length > missing) {
        throw new EOFException("there are fewer pixels than the header states");
      }
      rows.read(position, row, 0, length);
      position += length;
      missing -= length;
      return;
    }
    int at = 0;
    while (at < length) {
      if (begin == end) {
        inflate();
      }
      int count = Math.min(end - begin, length - at);
      System.arraycopy(inflated, begin, row, at, count);
      begin += count;
      at += count;
    }
  }

  private void inflate() throws IOException {
    int most = (int) Math.min(inflated.length, missing);
    begin = 0;
    end = 0;
    try {
      end = inflater.inflate(inflated, 0, most);
      while (end == 0) {
        if (inflater.finished()) {
          throw new EOFException("there are fewer pixels than the header states");
        }
        inflater.setInput(packed, 0, fill());
        end = inflater.inflate(inflated, 0, most);
      }
    } catch (DataFormatException e) {
      throw new IOException("the compressed pixels are invalid", e);
    }
    missing -= end;
  }

  private int fill() throws IOException {
    findMore();
    int count = in.read(packed, 0, (int) Math.min(packed.length, left));
    if (count < 1) {
      throw new EOFException("the file ends too early");
    }
    left -= count;
    checksum.update(packed, 0, count);
    if (left == 0) {
      compareChecksum();
    }
    return count;
  }

  private int readByte() throws IOException {
    findMore();
    left--;
    int value = in.readUnsignedByte();
    checksum.update(value);
    if (left == 0) {
      compareChecksum();
    }
    return value;
  }

  private void findMore() throws IOException {
    while (left == 0) {
      if (!nextIsPixels()) {
        throw new EOFException("there are fewer pixels than the header states");
      }
    }
  }

  /** Whether the native library inflated all rows. */
  boolean inflatedAtOnce() {
    return whole.isPresent();
  }

  @Override
  public void close() {
    whole.ifPresent(NativeArena::close);
    if (inflater != null) {
      inflater.end();
    }
  }
}
