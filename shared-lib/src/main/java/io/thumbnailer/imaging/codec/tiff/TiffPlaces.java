package io.thumbnailer.imaging.codec.tiff;

import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import javax.imageio.stream.ImageInputStream;

/**
 * The places of the strips or tiles of a page in the file. Strips may share bytes, as the empty
 * tiles of some programs do. All of them together may read twice as many bytes as the file has, and
 * as many as the page has when it is expanded, so that a file costs no more than its own size and
 * that of its pixels.
 */
final class TiffPlaces {
  /**
   * The largest coded size relative to the decoded one: a fax with single dots takes five times its
   * decoded size.
   */
  private static final long MOST_CODED = 6;

  private static final int SPARE_BYTES = 1 << 16;
  private static final int MOST_READS = 2;

  private final ImageInputStream in;
  private final long fileEnd;
  private final long[] offsets;
  private final long[] lengths;
  private final long[] sorted;

  /** Bytes that may still be read. */
  private long allowance;

  private boolean endsEarly;

  /**
   * Creates a reader for the bytes of a page.
   *
   * @param lengths in bytes; a segment whose length is missing or 0 ends where the next one begins
   */
  TiffPlaces(ImageInputStream in, TiffPage page, long[] offsets, long[] lengths) {
    this.in = in;
    this.fileEnd = page.start();
    this.offsets = offsets;
    this.lengths = lengths;
    this.allowance = MOST_READS * fileEnd;
    this.sorted = offsets.clone();
    Arrays.sort(sorted);
  }

  /** Whether the file ends within a segment that was read. */
  boolean endsEarly() {
    return endsEarly;
  }

  /**
   * Reads the bytes of a segment, as many as there are.
   *
   * @param expanded the number of bytes that it expands to
   * @param shared the number of bytes that are read again with each segment, such as tables
   * @throws IOException also if too many bytes are read more than once
   */
  Optional<byte[]> read(int index, long expanded, int shared) throws IOException {
    if (index >= offsets.length) {
      return Optional.empty();
    }
    // Strips may share data, so each reads no more of it than it may need.
    long most = MOST_CODED * expanded + SPARE_BYTES;
    long start = offsets[index];
    long stated = stated(index);
    long length = Math.min(stated <= 0 ? next(start) - start : stated, most);
    allowance -= shared;
    return read(start, length, expanded);
  }

  /**
   * Reads a part of a strip that is not compressed.
   *
   * @param skipped the number of bytes before the part
   * @param wanted the number of bytes of the part
   * @param whole the number of bytes of the strip
   */
  Optional<byte[]> readPart(int index, long skipped, long wanted, long whole) throws IOException {
    if (index >= offsets.length) {
      return Optional.empty();
    }
    long stated = stated(index);
    long there = stated <= 0 ? whole : Math.min(stated, whole);
    return read(offsets[index] + skipped, Math.min(there - skipped, wanted), wanted);
  }

  private long stated(int index) {
    return index < lengths.length ? lengths[index] : 0;
  }

  /** Returns the next place after this one. */
  private long next(long start) {
    int low = Arrays.binarySearch(sorted, start + 1);
    int at = low < 0 ? -low - 1 : low;
    return at < sorted.length ? Math.min(sorted[at], fileEnd) : fileEnd;
  }

  private Optional<byte[]> read(long start, long length, long expanded) throws IOException {
    endsEarly |= length > fileEnd - start;
    int count = (int) Math.min(Math.min(length, fileEnd - start), Integer.MAX_VALUE - 8);
    allowance += expanded - Math.max(0, count);
    if (allowance < 0) {
      throw new IOException("strips or tiles that share too many bytes");
    }
    if (count <= 0) {
      return Optional.empty();
    }
    byte[] bytes = new byte[count];
    in.seek(start);
    in.readFully(bytes);
    return Optional.of(bytes);
  }
}
