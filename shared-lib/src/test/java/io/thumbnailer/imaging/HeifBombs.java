package io.thumbnailer.imaging;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** HEIF files with more references than any image has. */
final class HeifBombs {
  private static final int MANY = 1_000_000;

  private HeifBombs() {}

  static Map<String, byte[]> files() {
    Map<String, byte[]> files = new LinkedHashMap<>();
    byte[] tiles = HeifFile.numbers(2, new int[1024]);
    ByteBuffer references = ByteBuffer.allocate(5000 * (12 + tiles.length));
    for (int i = 0; i < 5000; i++) {
      references.put(HeifFile.box("dimg", HeifFile.numbers(2, i + 2, 1024), tiles));
    }
    files.put("references.avif", described(HeifFile.full("iref", 0, references.array())));
    ByteBuffer places = ByteBuffer.allocate(10 * MANY);
    for (int i = 0; i < MANY; i++) {
      places.putInt(i).putShort((short) 0).putShort((short) 0).putShort((short) 1);
    }
    files.put(
        "places.avif",
        described(
            HeifFile.full("iloc", 2, new byte[2], HeifFile.numbers(4, MANY), places.array())));
    ByteBuffer extents = ByteBuffer.allocate(MANY);
    for (int i = 0; i < 15; i++) {
      extents.putShort((short) i).putShort((short) 0).putShort((short) 0xFFFF);
      extents.position(extents.position() + 0xFFFF);
    }
    files.put(
        "extents.avif",
        described(
            HeifFile.full(
                "iloc", 0, new byte[] {0x10, 0}, HeifFile.numbers(2, 15), extents.array())));
    byte[][] associations = new byte[200][];
    for (int i = 0; i < associations.length; i++) {
      ByteBuffer items = ByteBuffer.allocate(5 * 10_000);
      for (int j = 0; j < 10_000; j++) {
        items.putInt(i * 10_000 + j).put((byte) 0);
      }
      associations[i] = HeifFile.full("ipma", 1, HeifFile.numbers(4, 10_000), items.array());
    }
    files.put("properties.avif", described(HeifFile.box("iprp", associations)));
    byte[] deep = {};
    for (int i = 0; i < 5000; i++) {
      deep = HeifFile.box("iprp", deep);
    }
    files.put("deep.avif", described(deep));
    return files;
  }

  private static byte[] described(byte[] more) {
    byte[] item =
        HeifFile.full(
            "infe", 2, HeifFile.numbers(2, 1, 0), "av01\0".getBytes(StandardCharsets.US_ASCII));
    return HeifFile.file(
        "avif",
        HeifFile.full("pitm", 0, HeifFile.numbers(2, 1)),
        HeifFile.full("iinf", 0, HeifFile.numbers(2, 1), item),
        more,
        HeifFile.box(
            "iprp",
            HeifFile.box("ipco", HeifFile.full("ispe", 0, HeifFile.numbers(4, 16, 16))),
            HeifFile.full("ipma", 0, HeifFile.numbers(4, 1), new byte[] {0, 1, 1, 1})));
  }
}
