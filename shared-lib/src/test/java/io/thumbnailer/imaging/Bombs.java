package io.thumbnailer.imaging;

import io.thumbnailer.devservices.images.TestImages;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Small files that are expensive to process, created here byte by byte. */
final class Bombs {
  private static final int SMALL = 16;
  private static final int HUGE = 14_000;

  private Bombs() {}

  /** The files by name; those that begin with {@code ok-} show an image nevertheless. */
  static Map<String, byte[]> files() {
    Map<String, byte[]> files = new LinkedHashMap<>();
    byte[] jpeg = TestImages.encoded(SMALL, SMALL, "jpeg");
    byte[] zeros = deflated(new byte[8 << 20]);
    files.put("ok-profiles.png", png(2, repeated(chunk("iCCP", join(ascii("x\0\0"), zeros)), 40)));
    byte[] liar = new byte[8 << 20];
    ByteBuffer.wrap(liar).putInt(1 << 30);
    files.put("ok-liar.png", png(2, chunk("iCCP", join(ascii("x\0\0"), deflated(liar)))));
    files.put("ok-ztxt.png", png(3, repeated(chunk("zTXt", join(ascii("k\0\0"), zeros)), 100)));
    files.put(
        "ok-itxt.png", png(3, repeated(chunk("iTXt", join(ascii("k\0\1\0en\0x\0"), zeros)), 100)));
    files.put("ok-text.png", png(3, chunk("tEXt", new byte[20 << 20])));
    files.put("chunks.png", png(2, repeated(chunk("tEXt", new byte[0]), 100_000)));
    files.put("tall.png", pngOf(2, 50_000_000, 0, new byte[0]));
    files.put("tables.jpeg", join(bytes(0xFF, 0xD8), repeated(huffmanTable(), 200_000)));
    files.put("tables-first.jpeg", afterStart(jpeg, repeated(huffmanTable(), 200_000)));
    files.put("comments.jpeg", afterStart(jpeg, repeated(bytes(0xFF, 0xFE, 0, 2), 600_000)));
    files.put("ok-comment.gif", gif(join(bytes(0x21, 0xFE), repeated(bytes(1, 'a'), 1_100_000))));
    files.put("comments.gif", gif(repeated(bytes(0x21, 0xFE, 1, 'a', 0), 600_000)));
    byte[] line = ascii("#a\n");
    files.put("comments.ppm", join(ascii("P6\n"), repeated(line, 600_000), ascii("16 16\n255\n")));
    files.put("comments.pam", join(ascii("P7\n"), repeated(line, 600_000), ascii("WIDTH 16\n")));
    files.put("lines.pam", join(ascii("P7\n"), repeated(ascii("WIDTH 16\n"), 300_000)));
    files.put("deep.pam", ascii("P7\nWIDTH 900\nHEIGHT 900\nDEPTH 60000\nMAXVAL 65535\nENDHDR\n"));
    files.put("canvas.webp", webp(0xFFFFFF, 0xFF));
    files.put("layers.psd", psd(56, 32));
    files.put("tile.tiff", tiff(Map.of(322, 400_000_000L, 323, 1L)));
    files.put("tall-tile.tiff", tiff(Map.of(322, 16L, 323, 0x7FFFFFFFL)));
    files.put("samples.tiff", tiff(Map.of(277, 200L)));
    files.put("bits.tiff", tiff(Map.of(258, 4096L)));
    files.put("progressive.tiff", tiffOfJpeg(progressive(20_000, 1)));
    files.put("scans.tiff", tiffOfJpeg(progressive(SMALL, 3000)));
    byte[] inner = pngOf(HUGE, HUGE, 6, new byte[0]);
    files.put("nested.ico", ico(inner));
    files.put("nested.icns", icns(inner));
    files.put("nested.bmp", bmp(5, inner));
    files.put("nested-jpeg.bmp", bmp(4, progressive(20_000, 1)));
    files.put("dib.ico", ico(dib(20_000, 40_000, 0)));
    files.putAll(HeifBombs.files());
    // The stated length of the strip is less than its rows.
    files.put("strip.tiff", tiff(Map.of(256, 9900L, 257, 9900L, 258, 16L, 277, 4L, 278, 9900L)));
    files.put("odd-strips.tiff", tiffOfStrips(1, 19_000_000, 9_499_993, 1, zeros(768)));
    files.put("shared-jpegs.tiff", tiffOfStrips(SMALL, 15_000, 1, 7, progressive(SMALL, 150)));
    files.put("shared-runs.tiff", tiffOfStrips(9000, 9000, 1, 32773, noRuns(20_000_000)));
    files.put("ok-colours.bmp", join(bmp(0, new byte[2000])));
    return files;
  }

  /** An image with the maximum number of pixels, one pixel wide. */
  static byte[] tallest() {
    return pngOf(1, 8_000_000, 0, new byte[0]);
  }

  private static byte[] png(int kind, byte[] chunks) {
    return pngOf(SMALL, SMALL, kind, chunks);
  }

  private static byte[] pngOf(int width, int height, int kind, byte[] chunks) {
    ByteBuffer header = ByteBuffer.allocate(13).putInt(width).putInt(height);
    header.put((byte) 8).put((byte) kind);
    int channels = kind == 2 ? 3 : kind == 6 ? 4 : 1;
    return join(
        bytes(0x89, 'P', 'N', 'G', 13, 10, 26, 10),
        chunk("IHDR", header.array()),
        kind == 3 ? chunk("PLTE", new byte[30]) : new byte[0],
        chunks,
        chunk("IDAT", zeros((1L + (long) width * channels) * height)),
        chunk("IEND", new byte[0]));
  }

  private static byte[] chunk(String type, byte[] data) {
    byte[] typed = join(ascii(type), data);
    CRC32 sum = new CRC32();
    sum.update(typed);
    ByteBuffer out = ByteBuffer.allocate(typed.length + 8).putInt(data.length).put(typed);
    return out.putInt((int) sum.getValue()).array();
  }

  private static byte[] huffmanTable() {
    byte[] table = new byte[22];
    System.arraycopy(bytes(0xFF, 0xC4, 0, 20, 0, 1), 0, table, 0, 6);
    return table;
  }

  private static byte[] afterStart(byte[] jpeg, byte[] segments) {
    byte[] rest = java.util.Arrays.copyOfRange(jpeg, 2, jpeg.length);
    return join(bytes(0xFF, 0xD8), segments, rest);
  }

  /** A progressive JPEG with very few bytes. */
  private static byte[] progressive(int side, int scans) {
    byte[] ones = new byte[64];
    java.util.Arrays.fill(ones, (byte) 1);
    byte[] ac = huffmanTable();
    ac[4] = 0x10;
    byte[] scan =
        bytes(0xFF, 0xDA, 0, 12, 3, 1, 0, 2, 0, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    return join(
        bytes(0xFF, 0xD8, 0xFF, 0xDB, 0, 67, 0),
        ones,
        bytes(0xFF, 0xC2, 0, 17, 8, side >> 8, side, side >> 8, side),
        bytes(3, 1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0),
        huffmanTable(),
        ac,
        repeated(scan, scans),
        bytes(0xFF, 0xD9));
  }

  private static byte[] gif(byte[] extensions) {
    return join(
        ascii("GIF89a"),
        bytes(16, 0, 16, 0, 0, 0, 0),
        extensions,
        bytes(0, 0x2C, 0, 0, 0, 0, 16, 0, 16, 0, 0x80, 255, 0, 0, 0, 0, 255),
        bytes(2, 2, 0x4C, 1, 0, 0x3B));
  }

  private static byte[] webp(int width, int height) {
    ByteBuffer out = ByteBuffer.allocate(46).order(ByteOrder.LITTLE_ENDIAN);
    out.put(ascii("RIFF")).putInt(38).put(ascii("WEBPVP8X")).putInt(10).putInt(0);
    out.put((byte) width).putShort((short) (width >> 8));
    out.put((byte) height).putShort((short) (height >> 8));
    return out.array();
  }

  private static byte[] psd(int channels, int depth) {
    ByteBuffer out = ByteBuffer.allocate(60).put(ascii("8BPS\0\1")).putInt(0).putShort((short) 0);
    out.putShort((short) channels).putInt(5000).putInt(5000);
    return out.putShort((short) depth).putShort((short) 3).array();
  }

  private static byte[] tiff(Map<Integer, Long> changes) {
    boolean tiled = changes.containsKey(322);
    return tiff(changes, zeros(768), 8, tiled ? 324 : 273);
  }

  private static byte[] tiffOfJpeg(byte[] jpeg) {
    return tiff(Map.of(), jpeg, 7, 273);
  }

  private static byte[] tiff(Map<Integer, Long> changes, byte[] data, int compression, int place) {
    Map<Integer, Long> tags = new TreeMap<>();
    tags.put(256, (long) SMALL);
    tags.put(257, (long) SMALL);
    tags.put(258, 8L);
    tags.put(259, (long) compression);
    tags.put(262, compression == 7 ? 6L : 2L);
    tags.put(277, 3L);
    tags.put(278, (long) SMALL);
    tags.putAll(changes);
    tags.put(place, 0L);
    tags.put(place == 273 ? 279 : 325, (long) data.length);
    int start = 8 + 2 + 12 * tags.size() + 4;
    tags.put(place, (long) start);
    ByteBuffer out = ByteBuffer.allocate(start + data.length).order(ByteOrder.LITTLE_ENDIAN);
    out.put(bytes('I', 'I', 42, 0)).putInt(8).putShort((short) tags.size());
    tags.forEach(
        (tag, value) ->
            out.putShort(tag.shortValue()).putShort((short) 4).putInt(1).putInt(value.intValue()));
    return out.putInt(0).put(data).array();
  }

  /** A TIFF whose strips all share the same data, with a length that is not stated. */
  private static byte[] tiffOfStrips(
      int width, int height, int rows, int compression, byte[] data) {
    int strips = (height + rows - 1) / rows;
    int start = 8 + 2 + 12 * 10 + 4;
    ByteBuffer out =
        ByteBuffer.allocate(start + 8 * strips + data.length).order(ByteOrder.LITTLE_ENDIAN);
    out.put(bytes('I', 'I', 42, 0)).putInt(8).putShort((short) 10);
    long[][] tags = {
      {256, 4, 1, width},
      {257, 4, 1, height},
      {258, 4, 1, 8},
      {259, 4, 1, compression},
      {262, 4, 1, compression == 7 ? 6 : 1},
      {273, 4, strips, start},
      {277, 4, 1, compression == 7 ? 3 : 1},
      {278, 4, 1, rows},
      {279, 4, strips, start + 4L * strips},
      {284, 4, 1, 1}
    };
    for (long[] tag : tags) {
      out.putShort((short) tag[0]).putShort((short) tag[1]);
      out.putInt((int) tag[2]).putInt((int) tag[3]);
    }
    out.putInt(0);
    for (int i = 0; i < strips; i++) {
      out.putInt(start + 8 * strips);
    }
    return out.position(start + 8 * strips).put(data).array();
  }

  /** PackBits data without effect. */
  private static byte[] noRuns(int length) {
    byte[] bytes = new byte[length];
    java.util.Arrays.fill(bytes, (byte) 0x80);
    return bytes;
  }

  private static byte[] ico(byte[] image) {
    ByteBuffer out = ByteBuffer.allocate(22 + image.length).order(ByteOrder.LITTLE_ENDIAN);
    out.putShort((short) 0).putShort((short) 1).putShort((short) 1);
    out.put(bytes(16, 16, 0, 0, 1, 0, 32, 0)).putInt(image.length).putInt(22);
    return out.put(image).array();
  }

  private static byte[] icns(byte[] image) {
    ByteBuffer out = ByteBuffer.allocate(16 + image.length);
    out.put(ascii("icns")).putInt(out.capacity());
    return out.put(ascii("ic07")).putInt(8 + image.length).put(image).array();
  }

  private static byte[] bmp(int compression, byte[] image) {
    ByteBuffer out = ByteBuffer.allocate(14).order(ByteOrder.LITTLE_ENDIAN);
    out.put(ascii("BM")).putInt(54 + image.length).putInt(0).putInt(54);
    return join(out.array(), dib(SMALL, SMALL, compression), image);
  }

  private static byte[] dib(int width, int height, int compression) {
    ByteBuffer out = ByteBuffer.allocate(40).order(ByteOrder.LITTLE_ENDIAN);
    out.putInt(40).putInt(width).putInt(height).putShort((short) 1);
    out.putShort((short) (compression == 0 ? 8 : 0)).putInt(compression);
    out.putInt(0).putInt(0).putInt(0);
    return out.putInt(compression == 0 ? 0x7FFFFFFF : 0).putInt(0).array();
  }

  private static byte[] deflated(byte[] data) {
    return deflated(data, data.length);
  }

  private static byte[] zeros(long length) {
    return deflated(new byte[1 << 16], length);
  }

  private static byte[] deflated(byte[] data, long length) {
    Deflater deflater = new Deflater(9);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] buffer = new byte[1 << 14];
    for (long left = length; !deflater.finished(); ) {
      if (deflater.needsInput() && left > 0) {
        int count = (int) Math.min(left, data.length);
        deflater.setInput(data, 0, count);
        left -= count;
      } else if (left == 0) {
        deflater.finish();
      }
      out.write(buffer, 0, deflater.deflate(buffer));
    }
    deflater.end();
    return out.toByteArray();
  }

  private static byte[] repeated(byte[] bytes, int times) {
    byte[] all = new byte[bytes.length * times];
    for (int i = 0; i < times; i++) {
      System.arraycopy(bytes, 0, all, i * bytes.length, bytes.length);
    }
    return all;
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
