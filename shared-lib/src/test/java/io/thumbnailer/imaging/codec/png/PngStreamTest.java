package io.thumbnailer.imaging.codec.png;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.Deflater;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows that libdeflate inflates at once equal those that zlib inflates step by step. */
class PngStreamTest {
  private static final int ROWS = 500;
  private static final int ROW_BYTES = 301;

  @BeforeAll
  static void libraryIsThere() {
    assumeTrue(NativeInflater.available(), "the machine has no libdeflate");
  }

  @ParameterizedTest
  @CsvSource({"1000000, 6", "70, 6", "1, 9", "65536, 0"})
  void rowsAreTheSameHoweverTheStreamIsCutIntoChunks(int chunkBytes, int level) throws IOException {
    byte[] rows = rows();
    byte[] file = file(deflated(rows, level), chunkBytes);

    assertThat(read(file, true, true)).isEqualTo(rows);
    assertThat(read(file, false, false)).isEqualTo(rows);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.0001, 0.1, 0.5, 0.99})
  void damagedStreamGivesTheRowsBeforeTheDamage(double where) throws IOException {
    byte[] stream = deflated(rows(), 6);
    Arrays.fill(stream, 2 + (int) (where * (stream.length - 6)), stream.length, (byte) 0xFF);
    byte[] file = file(stream, 1000);

    assertThat(read(file, true, false)).isEqualTo(read(file, false, false));
  }

  @Test
  void truncatedFileGivesTheRowsBeforeItsEnd() throws IOException {
    byte[] whole = file(deflated(rows(), 6), 1000);
    byte[] file = Arrays.copyOf(whole, whole.length / 2);

    assertThat(read(file, true, false))
        .isEqualTo(read(file, false, false))
        .hasSizeGreaterThan(ROW_BYTES);
  }

  @Test
  void streamWithFewerRowsThanStatedGivesThose() throws IOException {
    byte[] rows = Arrays.copyOf(rows(), 20 * ROW_BYTES);

    assertThat(read(file(deflated(rows, 6), 1000), true, false)).isEqualTo(rows);
  }

  @Test
  void streamWithMoreRowsThanStatedGivesTheStatedOnes() throws IOException {
    byte[] rows = rows();
    byte[] longer = Arrays.copyOf(rows, 2 * rows.length);

    assertThat(read(file(deflated(longer, 6), 1000), true, false)).isEqualTo(rows);
  }

  /** Half of the rows repeat, half are random. */
  private static byte[] rows() {
    byte[] rows = new byte[ROWS * ROW_BYTES];
    byte[] random = new byte[rows.length / 2];
    new Random(7).nextBytes(random);
    for (int i = 0; i < random.length; i++) {
      random[i] &= 15; // so that it is compressed and not stored
    }
    System.arraycopy(random, 0, rows, rows.length - random.length, random.length);
    return rows;
  }

  private static byte[] deflated(byte[] plain, int level) {
    Deflater deflater = new Deflater(level);
    deflater.setInput(plain);
    deflater.finish();
    byte[] packed = new byte[2 * plain.length];
    int length = deflater.deflate(packed);
    deflater.end();
    return Arrays.copyOf(packed, length);
  }

  private static byte[] file(byte[] stream, int chunkBytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int at = 0; at < stream.length; at += chunkBytes) {
      chunk(out, "IDAT", Arrays.copyOfRange(stream, at, Math.min(stream.length, at + chunkBytes)));
    }
    chunk(out, "IEND", new byte[0]);
    return out.toByteArray();
  }

  private static void chunk(ByteArrayOutputStream out, String type, byte[] data) {
    out.writeBytes(ByteBuffer.allocate(4).putInt(data.length).array());
    out.writeBytes(type.getBytes(StandardCharsets.US_ASCII));
    out.writeBytes(data);
    out.writeBytes(new byte[4]); // the checksum, which nobody reads
  }

  /** All bytes up to the first row that is missing. */
  private static byte[] read(byte[] file, boolean atOnce, boolean expectedAtOnce)
      throws IOException {
    ByteArrayOutputStream rows = new ByteArrayOutputStream();
    byte[] row = new byte[ROW_BYTES];
    try (MemoryCacheImageInputStream in =
            new MemoryCacheImageInputStream(new ByteArrayInputStream(file));
        PngStream stream = new PngStream(in, 0, (long) ROWS * ROW_BYTES, atOnce)) {
      assertThat(stream.inflatedAtOnce()).isEqualTo(expectedAtOnce);
      for (int y = 0; y < ROWS; y++) {
        stream.next(row, ROW_BYTES);
        rows.writeBytes(row);
      }
    } catch (IOException e) {
      return rows.toByteArray();
    }
    return rows.toByteArray();
  }
}
