package io.thumbnailer.imaging.codec.tiff;

import io.thumbnailer.imaging.header.JpegMarkers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.stream.ImageInputStream;

/**
 * Old-style JPEG (TIFF 6.0, section 22): strips or tiles hold entropy-coded data only, and the
 * tables are at offsets given by tags, or in a JPEG stream that ends before its scan. This class
 * makes a complete JPEG of each strip or tile.
 */
final class OldJpeg {
  private static final int STREAM_BYTES = 514;
  private static final int RESTART_INTERVAL = 515;
  private static final int QUANTIZATION = 519;
  private static final int DC_CODES = 520;
  private static final int AC_CODES = 521;
  private static final int MOST_STREAM_BYTES = 1 << 16;

  private final int components;
  private final byte[] tables;

  /** Whether both chroma components share one table of each kind. */
  private final boolean shared;

  /** The sampling factors of the first component, as in a frame header. */
  private final int sampling;

  private OldJpeg(int components, byte[] tables, boolean shared, int sampling) {
    this.components = components;
    this.tables = tables;
    this.shared = shared;
    this.sampling = sampling;
  }

  /** Returns the JPEG stream given by a tag, up to its stated length; empty if there is none. */
  static byte[] stream(ImageInputStream in, TiffPage page) throws IOException {
    long start = page.number(TiffPage.JPEG_STREAM, 0);
    long stated = page.number(STREAM_BYTES, 0);
    long there = Math.max(0, in.length() - start);
    long length = stated > 0 ? Math.min(stated, there) : there;
    return start < 1 ? new byte[0] : bytes(in, start, (int) Math.min(length, MOST_STREAM_BYTES));
  }

  /**
   * Finds the tables.
   *
   * @param stream the result of {@link #stream}
   * @throws IOException when some are missing
   */
  static OldJpeg of(ImageInputStream in, TiffPage page, byte[] stream) throws IOException {
    int components = (int) page.number(TiffPage.SAMPLES, 1);
    if (components != 1 && components != 3) {
      throw new IOException("an old JPEG of %d components".formatted(components));
    }
    boolean named =
        page.numbers(QUANTIZATION).length >= components && !page.has(TiffPage.JPEG_STREAM);
    return named
        ? new OldJpeg(components, named(in, page, components), false, stated(page, components))
        : fromStream(stream, components, page);
  }

  private static int stated(TiffPage page, int components) throws IOException {
    long[] sampling = page.numbers(TiffPage.YCC_SUBSAMPLING);
    if (components == 1) {
      return 0x11;
    }
    return sampling.length < 2 ? 0x22 : (int) (sampling[0] & 15) << 4 | (int) (sampling[1] & 15);
  }

  private static byte[] named(ImageInputStream in, TiffPage page, int components)
      throws IOException {
    long[] dc = page.numbers(DC_CODES);
    long[] ac = page.numbers(AC_CODES);
    if (dc.length < components || ac.length < components) {
      throw new IOException("an old JPEG without its tables");
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int i = 0; i < components; i++) {
      byte[] quantization = bytes(in, page.numbers(QUANTIZATION)[i], 64);
      segment(out, JpegMarkers.DQT, i, quantization);
      segment(out, JpegMarkers.DHT, i, codes(in, dc[i]));
      segment(out, JpegMarkers.DHT, 0x10 | i, codes(in, ac[i]));
    }
    int interval = (int) page.number(RESTART_INTERVAL, 0);
    if (interval > 0) {
      segment(out, JpegMarkers.DRI, interval >> 8, new byte[] {(byte) interval});
    }
    return out.toByteArray();
  }

  /** Reads the number of codes of each length, and their values. */
  private static byte[] codes(ImageInputStream in, long start) throws IOException {
    int count = 0;
    for (byte ofLength : bytes(in, start, 16)) {
      count += ofLength & 0xFF;
    }
    return bytes(in, start, 16 + Math.min(count, 256));
  }

  private static OldJpeg fromStream(byte[] stream, int components, TiffPage page)
      throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int sampling = stated(page, components);
    JpegMarkers markers = new JpegMarkers(stream, 2);
    while (markers.next() && markers.marker() != JpegMarkers.SOS) {
      if (markers.end() > stream.length) {
        break;
      }
      boolean table =
          markers.marker() == JpegMarkers.DQT
              || markers.marker() == JpegMarkers.DHT
              || markers.marker() == JpegMarkers.DRI;
      if (table) {
        out.write(stream, markers.data() - 4, markers.end() - markers.data() + 4);
      } else if (markers.isFrame() && markers.end() - markers.data() >= 9) {
        sampling = stream[markers.data() + 7] & 0xFF;
      }
    }
    if (out.size() == 0) {
      throw new IOException("an old JPEG without its tables");
    }
    return new OldJpeg(components, out.toByteArray(), true, sampling);
  }

  /**
   * Makes a complete JPEG.
   *
   * @param data of a strip or tile
   */
  byte[] file(byte[] data, int width, int height) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(new byte[] {-1, (byte) 0xD8});
    out.writeBytes(tables);
    byte[] frame = new byte[5 + 3 * components];
    frame[0] = (byte) (height >> 8);
    frame[1] = (byte) height;
    frame[2] = (byte) (width >> 8);
    frame[3] = (byte) width;
    frame[4] = (byte) components;
    byte[] scan = new byte[2 * components + 3];
    for (int i = 0; i < components; i++) {
      int table = shared ? Math.min(i, 1) : i;
      frame[5 + 3 * i] = (byte) (i + 1);
      frame[6 + 3 * i] = (byte) (i == 0 ? sampling : 0x11);
      frame[7 + 3 * i] = (byte) table;
      scan[2 * i] = (byte) (i + 1);
      scan[2 * i + 1] = (byte) (table << 4 | table);
    }
    scan[2 * components + 1] = 63;
    segment(out, 0xC1, Byte.SIZE, frame);
    segment(out, JpegMarkers.SOS, components, scan);
    int from = scanHeader(data);
    out.write(data, from, data.length - from);
    out.writeBytes(new byte[] {-1, (byte) JpegMarkers.EOI});
    return out.toByteArray();
  }

  /** Returns the length of the scan header that some writers put before the data of a strip. */
  private static int scanHeader(byte[] data) {
    if (data.length < 4 || data[0] != -1 || (data[1] & 0xFF) != JpegMarkers.SOS) {
      return 0;
    }
    return Math.min(data.length, 2 + ((data[2] & 0xFF) << 8 | (data[3] & 0xFF)));
  }

  private static void segment(ByteArrayOutputStream out, int marker, int first, byte[] rest) {
    int length = 3 + rest.length;
    out.writeBytes(
        new byte[] {-1, (byte) marker, (byte) (length >> 8), (byte) length, (byte) first});
    out.writeBytes(rest);
  }

  private static byte[] bytes(ImageInputStream in, long start, int count) throws IOException {
    byte[] bytes = new byte[count];
    in.seek(start);
    in.readFully(bytes);
    return bytes;
  }
}
