package io.thumbnailer.imaging.codec.tiff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.thumbnailer.imaging.model.ImageFormat;
import io.thumbnailer.imaging.model.ImageHeader;
import io.thumbnailer.imaging.raster.Decoded;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.stream.ImageInputStreamImpl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How often the bytes of a TIFF are read, and where its strips and tiles end. */
class TiffPlacesTest {
  private static final int SIDE = 1000;
  private static final int DEFLATE = 8;

  @ParameterizedTest
  @CsvSource({
    "DEFLATE, 8, 1, 1",
    "DEFLATE_OF_PLANES_REVERSED, 8, 2, 2",
    "LZW, 5, 1, 1",
    "PACK_BITS, 32773, 1, 1",
    "PACK_BITS_REVERSED, 32773, 1, 2",
    "PACK_BITS_OF_PLANES, 32773, 2, 1"
  })
  void stripsThatShareTheWholeFileAreNotAllRead(
      String name, int compression, int planes, int fillOrder) throws IOException {
    byte[] data = new byte[200_000];
    Arrays.fill(data, (byte) (compression == 32773 ? fillOrder == 2 ? 1 : 0x80 : 0));
    int strips = planes == 2 ? 3 * SIDE : SIDE;
    Tiff tiff = new Tiff(compression, 1);
    tiff.put(284, planes);
    tiff.put(266, fillOrder);
    tiff.put(273, new long[strips]);
    CountingInput in = tiff.file(data);
    long pixels = 3L * SIDE * SIDE;

    assertThatIOException()
        .as(name)
        .isThrownBy(() -> decode(in))
        .withMessageContaining("share too many bytes");
    assertThat(in.read).isGreaterThan(data.length).isLessThan(3 * in.length() + pixels);
  }

  @Test
  void stripsWithoutLengthsEndWhereTheNextBegins() throws IOException {
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    long[] offsets = new long[SIDE];
    for (int i = 0; i < SIDE; i++) {
      offsets[i] = data.size();
      data.write(deflated(row(i)));
    }
    Tiff tiff = new Tiff(DEFLATE, 1);
    tiff.put(273, offsets);
    CountingInput in = tiff.file(data.toByteArray());

    Decoded decoded = decode(in);

    assertThat(decoded.incomplete()).isFalse();
    assertThat(in.read).isLessThan(2 * in.length());
    byte[] red = decoded.image().planes().get(0).samples();
    for (int i = 0; i < SIDE; i++) {
      assertThat(red[i * SIDE + 7]).isEqualTo((byte) i);
    }
  }

  @Test
  void emptyTilesMayShareTheirBytes() throws IOException {
    byte[] blank = deflated(new byte[3 * 16 * 16]);
    int tiles = ((SIDE + 15) / 16) * ((SIDE + 15) / 16);
    Tiff tiff = new Tiff(DEFLATE, SIDE);
    tiff.put(322, 16);
    tiff.put(323, 16);
    tiff.put(324, new long[tiles]);
    long[] lengths = new long[tiles];
    Arrays.fill(lengths, blank.length);
    tiff.put(325, lengths);

    assertThat(decode(tiff.file(blank)).incomplete()).isFalse();
  }

  @Test
  void uncompressedStripsMayShareTheirBytes() throws IOException {
    Tiff tiff = new Tiff(1, 1);
    tiff.put(273, new long[SIDE]);

    assertThat(decode(tiff.file(row(5))).incomplete()).isFalse();
  }

  private static Decoded decode(CountingInput in) throws IOException {
    try {
      return TiffDecoder.of(in, null)
          .orElseThrow()
          .decode(new ImageHeader(ImageFormat.TIFF, SIDE, SIDE, 1), 1);
    } catch (io.thumbnailer.imaging.model.ImagingException e) {
      throw new IOException(e);
    }
  }

  private static byte[] row(int value) {
    byte[] row = new byte[3 * SIDE];
    Arrays.fill(row, (byte) value);
    return row;
  }

  private static byte[] deflated(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (DeflaterOutputStream deflater = new DeflaterOutputStream(out)) {
      deflater.write(bytes);
    }
    return out.toByteArray();
  }

  /** A square in RGB; its directory comes last, as in what decoders are given. */
  private static final class Tiff {
    private static final int DATA = 8;
    private final Map<Integer, long[]> tags = new TreeMap<>();

    Tiff(int compression, int rows) {
      put(256, SIDE);
      put(257, SIDE);
      put(258, 8, 8, 8);
      put(259, compression);
      put(262, 2);
      put(277, 3);
      put(278, rows);
    }

    void put(int tag, long... values) {
      tags.put(tag, values);
    }

    /** Offsets are those in the data. */
    CountingInput file(byte[] data) {
      List<Integer> offsets = List.of(273, 324);
      int values = tags.values().stream().mapToInt(v -> v.length > 1 ? 4 * v.length : 0).sum();
      int directory = DATA + data.length + values;
      ByteBuffer out =
          ByteBuffer.allocate(directory + 2 + 12 * tags.size() + 4).order(ByteOrder.LITTLE_ENDIAN);
      out.put(new byte[] {'I', 'I', 42, 0}).putInt(directory).put(data);
      Map<Integer, Integer> places = new TreeMap<>();
      tags.forEach(
          (tag, all) -> {
            places.put(tag, all.length > 1 ? out.position() : (int) all[0]);
            for (int i = 0; i < all.length && all.length > 1; i++) {
              out.putInt((int) all[i] + (offsets.contains(tag) ? DATA : 0));
            }
          });
      out.putShort((short) tags.size());
      tags.forEach(
          (tag, all) ->
              out.putShort((short) (int) tag)
                  .putShort((short) 4)
                  .putInt(all.length)
                  .putInt(places.get(tag)));
      return new CountingInput(out.putInt(0).array());
    }
  }

  /** Counts the bytes that are read. */
  private static final class CountingInput extends ImageInputStreamImpl {
    private final byte[] bytes;
    private long read;

    CountingInput(byte[] bytes) {
      this.bytes = bytes;
    }

    @Override
    public long length() {
      return bytes.length;
    }

    @Override
    public int read() {
      bitOffset = 0;
      read++;
      return streamPos < bytes.length ? bytes[(int) streamPos++] & 0xFF : -1;
    }

    @Override
    public int read(byte[] to, int offset, int length) {
      bitOffset = 0;
      int count = (int) Math.min(length, bytes.length - streamPos);
      if (count <= 0) {
        return -1;
      }
      System.arraycopy(bytes, (int) streamPos, to, offset, count);
      streamPos += count;
      read += count;
      return count;
    }
  }
}
