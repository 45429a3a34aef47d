package io.thumbnailer.imaging;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Files as print shops create them, assembled byte by byte: JPEG with four channels, PSD, a CMYK
 * profile.
 */
final class PressFiles {
  static final int SIDE = 64;

  private PressFiles() {}

  /** A JPEG with four channels and the given samples, without Adobe's marker. */
  static byte[] fourChannels(int[] samples) {
    return Corpus.rasterJpeg(samples);
  }

  /**
   * A JPEG with four channels and Adobe's marker.
   *
   * @param transform 0: CMYK, 2: YCCK
   */
  static byte[] adobe(int[] samples, int transform) {
    byte[] marker = new byte[14];
    ByteBuffer.wrap(marker)
        .putShort((short) 14)
        .put("Adobe".getBytes(StandardCharsets.US_ASCII))
        .putShort((short) 100)
        .putInt(0)
        .put((byte) transform);
    return withSegment(Corpus.rasterJpeg(samples), 0xEE, marker);
  }

  static byte[] withProfile(byte[] jpeg, byte[] profile) {
    ByteBuffer segment = ByteBuffer.allocate(16 + profile.length);
    segment.putShort((short) segment.capacity());
    segment.put("ICC_PROFILE\0".getBytes(StandardCharsets.US_ASCII));
    segment.put((byte) 1).put((byte) 1).put(profile);
    return withSegment(jpeg, 0xE2, segment.array());
  }

  static byte[] withSegment(byte[] jpeg, int marker, byte[] lengthAndData) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(jpeg, 0, 2);
    out.write(0xFF);
    out.write(marker);
    out.writeBytes(lengthAndData);
    out.write(jpeg, 2, jpeg.length - 2);
    return out.toByteArray();
  }

  /**
   * The profile of a strange printing press whose cyan ink is as bright as paper: only a decoder
   * that uses the profile shows that. One table with two steps for each ink to Lab (ICC.1:2001,
   * 6.5.7).
   */
  static byte[] profileOfAPressWithoutCyan() {
    byte[] table = lab();
    List<String> tags = List.of("desc", "cprt", "wtpt", "A2B0");
    List<byte[]> values =
        List.of(
            text("desc", "\0\0\0\5test\0"), text("text", "none\0"), xyz(0.9642, 1, 0.8249), table);
    int data = 128 + 4 + 12 * tags.size();
    int size = data + values.stream().mapToInt(v -> v.length).sum();
    ByteBuffer out = ByteBuffer.allocate(size);
    out.putInt(size).putInt(0).putInt(0x02400000);
    out.put(ascii("prtrCMYKLab ")).put(new byte[12]).put(ascii("acsp"));
    out.position(68);
    out.put(xyz(0.9642, 1, 0.8249), 8, 12);
    out.position(128);
    out.putInt(tags.size());
    int offset = data;
    for (int i = 0; i < tags.size(); i++) {
      out.put(ascii(tags.get(i))).putInt(offset).putInt(values.get(i).length);
      offset += values.get(i).length;
    }
    values.forEach(out::put);
    return out.array();
  }

  private static byte[] lab() {
    ByteBuffer out = ByteBuffer.allocate(48 + 4 * 256 + 16 * 3 + 3 * 256);
    out.put(ascii("mft1")).putInt(0).put((byte) 4).put((byte) 3).put((byte) 2).put((byte) 0);
    for (int i = 0; i < 9; i++) {
      out.putInt(i % 4 == 0 ? 0x10000 : 0);
    }
    ramps(out, 4);
    for (int inks = 0; inks < 16; inks++) {
      boolean dark = (inks & 1) != 0; // black runs fastest, cyan (8) slowest
      out.put((byte) (dark ? 0 : 255)).put((byte) 128).put((byte) 128);
    }
    ramps(out, 3);
    int used = out.position();
    return java.util.Arrays.copyOf(out.array(), (used + 3) / 4 * 4);
  }

  private static void ramps(ByteBuffer out, int count) {
    for (int i = 0; i < count * 256; i++) {
      out.put((byte) i);
    }
  }

  private static byte[] text(String type, String value) {
    byte[] bytes = ascii(type + "\0\0\0\0" + value);
    // a description also has places for two more alphabets
    return java.util.Arrays.copyOf(bytes, type.equals("desc") ? 104 : (bytes.length + 3) / 4 * 4);
  }

  private static byte[] xyz(double x, double y, double z) {
    ByteBuffer out = ByteBuffer.allocate(20).put(ascii("XYZ ")).putInt(0);
    for (double value : new double[] {x, y, z}) {
      out.putInt((int) Math.round(value * 65536));
    }
    return out.array();
  }

  /** A PSD of one colour without layers. */
  static byte[] psd(int rgb) {
    ByteBuffer out = ByteBuffer.allocate(26 + 12 + 2 + 3 * SIDE * SIDE);
    out.put(ascii("8BPS")).putShort((short) 1).put(new byte[6]).putShort((short) 3);
    out.putInt(SIDE).putInt(SIDE).putShort((short) 8).putShort((short) 3);
    out.putInt(0).putInt(0).putInt(0).putShort((short) 0);
    for (int shift = 16; shift >= 0; shift -= 8) {
      for (int i = 0; i < SIDE * SIDE; i++) {
        out.put((byte) (rgb >> shift));
      }
    }
    return out.array();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
