package io.thumbnailer.imaging.codec.webp;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import io.thumbnailer.imaging.model.ImageHeader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.List;
import java.util.Optional;

/**
 * Decodes still WebP images with libwebp's incremental decoder, which returns the available rows of
 * a file that is cut off, and scales while it decodes. It uses the machine's library: the one in
 * ImageIO's plug-in has no incremental decoder. Thread-safe.
 */
public final class NativeWebp {
  private static final System.Logger LOG = System.getLogger(NativeWebp.class.getName());

  /** The number of bytes that are decoded between two checks whether to stop. */
  private static final int STEP = 1 << 18;

  private static final List<String> NAMES = List.of("libwebp.so.7", "webp");
  private static final Optional<NativeWebp> FOUND = search();

  private final WebpLibrary library;

  private NativeWebp(WebpLibrary library) {
    this.library = library;
  }

  /** Returns the library if the machine has it; it is searched only once. */
  public static Optional<NativeWebp> find() {
    return FOUND;
  }

  private static Optional<NativeWebp> search() {
    for (String name : NAMES) {
      try {
        WebpLibrary library = Native.load(name, WebpLibrary.class);
        try (Memory config = new Memory(WebpLibrary.CONFIG_BYTES)) {
          if (library.WebPInitDecoderConfigInternal(config, WebpLibrary.ABI) != 0) {
            library.WebPIDelete(library.WebPIDecode(null, new NativeLong(0), config));
            LOG.log(System.Logger.Level.INFO, "WebP is decoded by libwebp ({0})", name);
            return Optional.of(new NativeWebp(library));
          }
        }
      } catch (LinkageError e) {
        LOG.log(System.Logger.Level.DEBUG, "no library " + name, e);
      }
    }
    LOG.log(
        System.Logger.Level.INFO,
        "WebP files that are cut off are not shown: libwebp was not found");
    return Optional.empty();
  }

  /** Receives decoded rows. */
  @FunctionalInterface
  public interface RowSink {
    /**
     * Receives the next row.
     *
     * @param samples interleaved, not premultiplied
     */
    void row(int y, byte[] samples);
  }

  /**
   * The properties that a file states.
   *
   * @param width in pixels
   * @param height in pixels
   */
  public record Features(int width, int height, boolean alpha) {}

  /** How the decoding ended. */
  public enum End {
    WHOLE,
    /** The file ends too early. */
    CUT_OFF,
    CORRUPT
  }

  /** Reads the beginning of a file. */
  public Features features(byte[] file) throws IOException {
    try (Memory bytes = copy(file);
        Memory features = new Memory(WebpLibrary.FEATURES_BYTES)) {
      int status =
          library.WebPGetFeaturesInternal(
              bytes, new NativeLong(file.length), features, WebpLibrary.ABI);
      if (status == WebpLibrary.STATUS_NOT_ENOUGH_DATA) {
        throw new EOFException("the file ends in its header");
      }
      if (status != WebpLibrary.STATUS_OK) {
        throw new IOException("libwebp could not read the file: " + status);
      }
      return new Features(
          features.getInt(WebpLibrary.FEATURES_WIDTH),
          features.getInt(WebpLibrary.FEATURES_HEIGHT),
          features.getInt(WebpLibrary.FEATURES_HAS_ALPHA) != 0);
    }
  }

  /**
   * Decodes a still image to RGB, or to RGB with alpha.
   *
   * @param size of the result; if it is not that of the file, libwebp scales
   */
  public End decode(byte[] file, boolean alpha, ImageHeader size, boolean scaled, RowSink sink)
      throws IOException {
    int stride = size.width() * (alpha ? 4 : 3);
    long total = (long) stride * size.height();
    try (Memory bytes = copy(file);
        Memory pixels = new Memory(total);
        Memory config = new Memory(WebpLibrary.CONFIG_BYTES)) {
      config.clear();
      library.WebPInitDecoderConfigInternal(config, WebpLibrary.ABI);
      config.setInt(WebpLibrary.COLORSPACE, alpha ? WebpLibrary.MODE_RGBA : WebpLibrary.MODE_RGB);
      config.setInt(WebpLibrary.IS_EXTERNAL_MEMORY, 1);
      config.setPointer(WebpLibrary.RGBA, pixels);
      config.setInt(WebpLibrary.STRIDE, stride);
      config.setNativeLong(WebpLibrary.SIZE, new NativeLong(total));
      if (scaled) {
        config.setInt(WebpLibrary.USE_SCALING, 1);
        config.setInt(WebpLibrary.SCALED_WIDTH, size.width());
        config.setInt(WebpLibrary.SCALED_HEIGHT, size.height());
      }
      Pointer decoder = library.WebPIDecode(null, new NativeLong(0), config);
      if (decoder == null) {
        throw new IOException("libwebp could not decode the image");
      }
      try {
        int status = feed(decoder, bytes, file.length);
        int rows = status == WebpLibrary.STATUS_OK ? size.height() : rows(decoder);
        byte[] row = new byte[stride];
        for (int y = 0; y < rows; y++) {
          pixels.read((long) y * stride, row, 0, stride);
          sink.row(y, row);
        }
        return switch (status) {
          case WebpLibrary.STATUS_OK -> End.WHOLE;
          case WebpLibrary.STATUS_SUSPENDED, WebpLibrary.STATUS_NOT_ENOUGH_DATA -> End.CUT_OFF;
          default -> End.CORRUPT;
        };
      } finally {
        library.WebPIDelete(decoder);
      }
    }
  }

  private int feed(Pointer decoder, Pointer bytes, int length) throws InterruptedIOException {
    int status = WebpLibrary.STATUS_SUSPENDED;
    for (int given = 0; given < length && status == WebpLibrary.STATUS_SUSPENDED; ) {
      if (Thread.currentThread().isInterrupted()) {
        throw new InterruptedIOException("stopped");
      }
      given = Math.min(length, given + STEP);
      status = library.WebPIUpdate(decoder, bytes, new NativeLong(given));
    }
    return status;
  }

  private int rows(Pointer decoder) {
    IntByReference last = new IntByReference();
    IntByReference unused = new IntByReference();
    Pointer pixels = library.WebPIDecGetRGB(decoder, last, unused, unused, unused);
    return pixels == null ? 0 : last.getValue();
  }

  private static Memory copy(byte[] file) {
    Memory bytes = new Memory(Math.max(1, file.length));
    bytes.write(0, file, 0, file.length);
    return bytes;
  }
}
