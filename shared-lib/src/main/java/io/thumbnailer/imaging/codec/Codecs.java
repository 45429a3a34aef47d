package io.thumbnailer.imaging.codec;

import com.twelvemonkeys.imageio.plugins.bmp.BMPImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.bmp.ICOImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.icns.ICNSImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.jpeg.JPEGImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.pnm.PNMImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.psd.PSDImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.tiff.TIFFImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.webp.WebPImageReaderSpi;
import io.thumbnailer.imaging.model.ImageFormat;
import io.thumbnailer.imaging.model.OutputFormat;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriter;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.IIOServiceProvider;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.spi.ImageReaderWriterSpi;
import javax.imageio.spi.ImageWriterSpi;
import javax.imageio.spi.ServiceRegistry;

/**
 * The codecs in use: an explicit list, never what happens to be on the class path. TwelveMonkeys
 * reads all formats except PNG and GIF, which the JDK reads well.
 */
public final class Codecs {
  /** The maximum number of images in an icon that are examined. */
  private static final int MAX_SIZES = 64;

  static {
    // Embedded images are read through streams of ImageIO, which would otherwise use temporary
    // files.
    ImageIO.setUseCache(false);
  }

  private static final ImageReaderSpi JDK_JPEG = fromJdk(ImageReaderSpi.class, "jpeg");
  private static final Map<ImageFormat, ImageReaderSpi> READERS = readers();
  private static final Map<OutputFormat, ImageWriterSpi> WRITERS = writers();

  private Codecs() {}

  public static ImageReader reader(ImageFormat format) throws IOException {
    deregisterOthers();
    return READERS.get(format).createReaderInstance();
  }

  /** The JDK's JPEG reader, which returns components as they are coded. */
  public static ImageReader jdkJpeg() throws IOException {
    return JDK_JPEG.createReaderInstance();
  }

  /** A reader based on libwebp; throws {@link LinkageError} if its library does not load. */
  public static ImageReader nativeWebp() throws IOException {
    return new com.luciad.imageio.webp.WebPImageReaderSpi().createReaderInstance();
  }

  /** The index of the frame with the most pixels. */
  public static int largest(ImageReader reader) throws IOException {
    int best = 0;
    long most = -1;
    for (int i = 0; i < Math.min(MAX_SIZES, reader.getNumImages(true)); i++) {
      long pixels = (long) reader.getWidth(i) * reader.getHeight(i);
      if (pixels > most) {
        most = pixels;
        best = i;
      }
    }
    return best;
  }

  static ImageWriter writer(OutputFormat format) throws IOException {
    return WRITERS.get(format).createWriterInstance();
  }

  private static Map<ImageFormat, ImageReaderSpi> readers() {
    Map<ImageFormat, ImageReaderSpi> readers = new EnumMap<>(ImageFormat.class);
    readers.put(ImageFormat.JPEG, new JPEGImageReaderSpi());
    readers.put(ImageFormat.WEBP, new WebPImageReaderSpi());
    readers.put(ImageFormat.TIFF, new TIFFImageReaderSpi());
    readers.put(ImageFormat.BMP, new BMPImageReaderSpi());
    readers.put(ImageFormat.ICO, new ICOImageReaderSpi());
    readers.put(ImageFormat.PSD, new PSDImageReaderSpi());
    readers.put(ImageFormat.PNM, new PNMImageReaderSpi());
    readers.put(ImageFormat.ICNS, new ICNSImageReaderSpi());
    // TwelveMonkeys' JPEG provider looks up the JDK's reader, on which it builds, in its own
    // registry. That need not be the registry of the process, which contains those of other
    // applications.
    ServiceRegistry registry =
        new ServiceRegistry(List.<Class<?>>of(ImageReaderSpi.class).iterator());
    registry.registerServiceProvider(JDK_JPEG, ImageReaderSpi.class);
    registry.registerServiceProvider(readers.get(ImageFormat.JPEG), ImageReaderSpi.class);
    readers.put(ImageFormat.PNG, fromJdk(ImageReaderSpi.class, "png"));
    readers.put(ImageFormat.GIF, fromJdk(ImageReaderSpi.class, "gif"));
    return readers;
  }

  private static Map<OutputFormat, ImageWriterSpi> writers() {
    Map<OutputFormat, ImageWriterSpi> writers = new EnumMap<>(OutputFormat.class);
    writers.put(OutputFormat.JPEG, fromJdk(ImageWriterSpi.class, "jpeg"));
    writers.put(OutputFormat.WEBP, new com.luciad.imageio.webp.WebPImageWriterSpi());
    return writers;
  }

  /**
   * The readers of TIFF, BMP, ICO and ICNS pass embedded images to any reader that is registered in
   * the process. Therefore only the JDK's readers and those of the list may be registered, whatever
   * else registers itself and when.
   */
  private static synchronized void deregisterOthers() {
    IIORegistry registry = IIORegistry.getDefaultInstance();
    List<ImageReaderSpi> others = new ArrayList<>();
    registry
        .getServiceProviders(ImageReaderSpi.class, false)
        .forEachRemaining(
            provider -> {
              if (!isListed(provider)) {
                others.add(provider);
              }
            });
    others.forEach(other -> registry.deregisterServiceProvider(other));
  }

  private static boolean isListed(ImageReaderSpi provider) {
    return provider.getClass().getModule() == ImageIO.class.getModule()
        || READERS.values().stream().anyMatch(listed -> listed.getClass() == provider.getClass());
  }

  private static <T extends ImageReaderWriterSpi> T fromJdk(Class<T> kind, String format) {
    Iterator<T> providers =
        IIORegistry.getDefaultInstance()
            .getServiceProviders(kind, provider -> isJdk(provider, format), false);
    return providers.next();
  }

  private static boolean isJdk(Object provider, String format) {
    return provider.getClass().getName().startsWith("com.sun.imageio.plugins." + format + ".")
        && provider instanceof IIOServiceProvider;
  }
}
