package io.thumbnailer.imaging.codec.jpeg;

import io.thumbnailer.imaging.header.JpegMarkers;
import io.thumbnailer.imaging.model.ImageHeader;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/**
 * The segments of a JPEG file (ITU T.81, annex B) that describe how its scans are coded. Throws
 * {@link IOException} for kinds that {@link ScaledJpegDecoder} does not decode, and {@link
 * IndexOutOfBoundsException} at the end of a file that is cut off.
 */
final class JpegFrame {
  private final byte[] file;
  private final ImageHeader admitted;

  /** The first values of each table in zigzag order, as many as {@link ScaledJpegDecoder} needs. */
  private final int[][] quantisation = new int[4][];

  private final HuffmanTable[] dc = new HuffmanTable[4];
  private final HuffmanTable[] ac = new HuffmanTable[4];
  private JpegComponent[] components = {};
  private int width;
  private int height;
  private boolean progressive;
  private int restartInterval;

  /**
   * Creates a reader for a file.
   *
   * @param admitted the admitted header; the frame must have its size
   */
  JpegFrame(byte[] file, ImageHeader admitted) {
    this.file = file;
    this.admitted = admitted;
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  boolean progressive() {
    return progressive;
  }

  /** The number of units between two restart markers, or 0. */
  int restartInterval() {
    return restartInterval;
  }

  JpegComponent[] components() {
    return components;
  }

  /** Continues reading at a position, up to the next scan; empty at the end of the image. */
  Optional<JpegScan> nextScan(int from) throws IOException {
    JpegMarkers markers = new JpegMarkers(file, from);
    while (markers.next() && markers.marker() != JpegMarkers.EOI) {
      segment(markers.marker(), markers.data(), markers.end());
      if (markers.marker() == JpegMarkers.SOS) {
        return Optional.of(scan(markers.data(), markers.end()));
      }
    }
    return Optional.empty(); // the end marker is often missing
  }

  private void segment(int marker, int data, int end) throws IOException {
    switch (marker) {
      case 0xC0, 0xC1, 0xC2 -> frame(marker, data);
      case 0xC4 -> huffmanTables(data, end);
      case 0xDB -> quantisationTables(data, end);
      case 0xDD -> restartInterval = number(data);
      default -> {
        if (marker >= 0xC3 && marker <= 0xCF) {
          throw new IOException("lossless, hierarchical or arithmetic");
        }
      }
    }
  }

  private void frame(int marker, int data) throws IOException {
    if (components.length > 0 || file[data] != 8) {
      throw new IOException("two frames, or not 8 bits");
    }
    progressive = marker == 0xC2;
    height = number(data + 1);
    width = number(data + 3);
    int count = file[data + 5];
    int most = 1;
    int mostDown = 1;
    for (int i = 0; i < count; i++) {
      int sampling = file[data + 7 + 3 * i];
      if (sampling >> 4 < 1 || sampling >> 4 > 4 || (sampling & 15) < 1 || (sampling & 15) > 4) {
        throw new IOException("no sampling factors");
      }
      most = Math.max(most, sampling >> 4);
      mostDown = Math.max(mostDown, sampling & 15);
    }
    if (width != admitted.width() || height != admitted.height() || count < 1 || count > 4) {
      throw new IOException("another size, or no such number of components");
    }
    JpegComponent[] found = new JpegComponent[count];
    for (int i = 0; i < count; i++) {
      int at = data + 6 + 3 * i;
      int h = file[at + 1] >> 4;
      int v = file[at + 1] & 15;
      int table = file[at + 2] & 3;
      found[i] = new JpegComponent(file[at], h, v, table, width, height, most, mostDown);
    }
    components = found;
  }

  private void huffmanTables(int data, int end) throws IOException {
    for (int at = data; at < end; ) {
      int[] counts = new int[16];
      int total = 0;
      for (int i = 0; i < 16; i++) {
        counts[i] = file[at + 1 + i] & 0xFF;
        total += counts[i];
      }
      byte[] symbols = Arrays.copyOfRange(file, at + 17, Math.min(at + 17 + total, file.length));
      (file[at] >> 4 == 0 ? dc : ac)[file[at] & 15] = new HuffmanTable(counts, symbols);
      at += 17 + total;
    }
  }

  private void quantisationTables(int data, int end) {
    for (int at = data; at < end; ) {
      boolean wide = file[at] >> 4 != 0;
      int[] lowest = new int[5];
      for (int i = 0; i < lowest.length; i++) {
        lowest[i] = wide ? number(at + 1 + 2 * i) : file[at + 1 + i] & 0xFF;
      }
      quantisation[file[at] & 15] = lowest;
      at += wide ? 129 : 65;
    }
  }

  private JpegScan scan(int data, int end) throws IOException {
    if (components.length == 0) {
      throw new IOException("no frame");
    }
    JpegComponent[] chosen = new JpegComponent[file[data] & 0xFF];
    int parameters = data + 1 + 2 * chosen.length;
    boolean holdsDc = !progressive || file[parameters] == 0;
    for (int i = 0; i < chosen.length; i++) {
      chosen[i] = component(file[data + 1 + 2 * i]);
      int tables = file[data + 2 + 2 * i];
      chosen[i].dc = dc[(tables >> 4) & 3];
      chosen[i].ac = ac[tables & 3];
      chosen[i].begin(quantisation);
      if (holdsDc && (chosen[i].dc == null || (!progressive && chosen[i].ac == null))) {
        throw new IOException("a Huffman table is missing");
      }
    }
    boolean one = chosen.length == 1;
    int columns = one ? chosen[0].blocksX() : chosen[0].stride / chosen[0].horizontal;
    int rows = one ? chosen[0].blocksY() : chosen[0].rows() / chosen[0].vertical;
    boolean refines = progressive && file[parameters + 2] >> 4 != 0;
    int shift = progressive ? file[parameters + 2] & 15 : 0;
    return new JpegScan(end, chosen, columns, rows, holdsDc, refines, shift);
  }

  private JpegComponent component(int id) throws IOException {
    for (JpegComponent component : components) {
      if (component.id == id) {
        return component;
      }
    }
    throw new IOException("a scan without components");
  }

  private int number(int at) {
    return ((file[at] & 0xFF) << 8) | (file[at + 1] & 0xFF);
  }
}
