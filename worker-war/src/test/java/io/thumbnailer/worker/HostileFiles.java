package io.thumbnailer.worker;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;

/** Small PNG files that are broken, or that could exhaust a worker's memory or time. */
final class HostileFiles {
  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};

  private HostileFiles() {}

  /** Writes one file of each kind; no worker can make thumbnails of any of them. */
  static List<Path> write(Path directory) throws IOException {
    List<Path> files = new ArrayList<>();
    files.add(Files.write(directory.resolve("no-header.png"), SIGNATURE));
    files.add(Files.write(directory.resolve("huge.png"), png(30_000, 30_000, false)));
    files.add(Files.write(directory.resolve("tall.png"), png(1, 22_000_000, false)));
    files.add(Files.write(directory.resolve("bomb.png"), png(20_000, 16, true)));
    files.add(Files.write(directory.resolve("not-an-image.png"), new byte[5_000]));
    return files;
  }

  /** A header of any size, an optional profile that inflates to 8 MiB 40 times, and no pixels. */
  private static byte[] png(int width, int height, boolean profiles) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(SIGNATURE);
    ByteArrayOutputStream header = new ByteArrayOutputStream();
    try (DataOutputStream fields = new DataOutputStream(header)) {
      fields.writeInt(width);
      fields.writeInt(height);
      fields.write(new byte[] {16, 6, 0, 0, 0});
    }
    chunk(out, "IHDR", header.toByteArray());
    if (profiles) {
      ByteArrayOutputStream profile = new ByteArrayOutputStream();
      profile.write(new byte[] {'x', 0, 0});
      profile.write(deflated(8 << 20));
      for (int i = 0; i < 40; i++) {
        chunk(out, "iCCP", profile.toByteArray());
      }
    }
    chunk(out, "IDAT", deflated(1_000));
    chunk(out, "IEND", new byte[0]);
    return out.toByteArray();
  }

  private static byte[] deflated(int zeros) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (DeflaterOutputStream deflater = new DeflaterOutputStream(out)) {
      deflater.write(new byte[zeros]);
    }
    return out.toByteArray();
  }

  private static void chunk(ByteArrayOutputStream out, String type, byte[] data)
      throws IOException {
    byte[] name = type.getBytes(StandardCharsets.US_ASCII);
    CRC32 check = new CRC32();
    check.update(name);
    check.update(data);
    try (DataOutputStream fields = new DataOutputStream(out)) {
      fields.writeInt(data.length);
      fields.write(name);
      fields.write(data);
      fields.writeInt((int) check.getValue());
    }
  }
}
