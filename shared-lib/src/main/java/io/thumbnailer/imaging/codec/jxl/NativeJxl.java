package io.thumbnailer.imaging.codec.jxl;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import io.thumbnailer.imaging.model.ImageHeader;
import io.thumbnailer.imaging.raster.Decoded;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.List;
import java.util.Optional;

/**
 * Decodes JPEG XL with libjxl, if the machine has it. The first image is decoded and rotated as the
 * file states; see {@link JxlColours} for its colours. Thread-safe.
 */
public final class NativeJxl {
  private static final System.Logger LOG = System.getLogger(NativeJxl.class.getName());

  /** The names of the ABIs of libjxl 0.7 to 0.11, as Debian, Ubuntu and Fedora have them. */
  private static final List<String> NAMES =
      List.of(
          "libjxl.so.0.7",
          "libjxl.so.0.8",
          "libjxl.so.0.9",
          "libjxl.so.0.10",
          "libjxl.so.0.11",
          "jxl");

  private static final Optional<NativeJxl> FOUND = search();

  /** The number of prefixes of a corrupt file that are tried. */
  private static final int PARTS = 8;

  private final JxlLibrary library;
  private final String name;

  private NativeJxl(JxlLibrary library, String name) {
    this.library = library;
    this.name = name;
  }

  /**
   * Returns the library if the machine has it; it is searched only once, and the result is logged.
   */
  public static Optional<NativeJxl> find() {
    return FOUND;
  }

  /** The library's file and version. */
  public String library() {
    return name;
  }

  private static Optional<NativeJxl> search() {
    for (String file : NAMES) {
      try {
        JxlLibrary library = Native.load(file, JxlLibrary.class);
        int version = library.JxlDecoderVersion();
        String name = "%s %d.%d".formatted(file, version / 1_000_000, version / 1000 % 1000);
        LOG.log(System.Logger.Level.INFO, "{0} decodes JPEG XL", name);
        return Optional.of(new NativeJxl(library, name));
      } catch (LinkageError e) {
        LOG.log(System.Logger.Level.DEBUG, "no library " + file, e);
      }
    }
    LOG.log(System.Logger.Level.INFO, "JPEG XL is not supported: libjxl was not found");
    return Optional.empty();
  }

  /**
   * Decodes the first image. If a file is cut off, this is as much as libjxl can show; if it is
   * corrupt, as much as libjxl can show of the beginning of the file.
   *
   * @param header the admitted header, with the displayed size; a file whose size is different
   *     according to the library is refused
   * @param bytesPerPixel the admitted memory; a file with more channels is refused
   */
  public Decoded decode(byte[] file, ImageHeader header, int bytesPerPixel) throws IOException {
    try (Memory bytes = new Memory(Math.max(1, file.length))) {
      bytes.write(0, file, 0, file.length);
      NativeLong size = new NativeLong(file.length);
      new JxlFrames(library).check(bytes, size, header, bytesPerPixel);
      try (JxlImage image = new JxlImage(library, bytes, size, header)) {
        return image.decode();
      } catch (EOFException | InterruptedIOException e) {
        throw e;
      } catch (IOException e) {
        return beginning(bytes, file.length, header)
            .orElseThrow(() -> new IOException(e.getMessage(), e));
      }
    }
  }

  /** Decodes the longest prefix of a corrupt file that can be decoded. */
  private Optional<Decoded> beginning(Memory bytes, int length, ImageHeader header)
      throws InterruptedIOException {
    for (int eighths = PARTS - 1; eighths > 0; eighths--) {
      NativeLong size = new NativeLong((long) length * eighths / PARTS);
      try (JxlImage image = new JxlImage(library, bytes, size, header)) {
        Decoded part = image.decode();
        return Optional.of(new Decoded(part.image(), part.arrived(), true, false));
      } catch (InterruptedIOException e) {
        throw e;
      } catch (IOException e) {
        // A shorter prefix may end before the damage.
      }
    }
    return Optional.empty();
  }
}
