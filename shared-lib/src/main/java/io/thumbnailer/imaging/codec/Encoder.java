package io.thumbnailer.imaging.codec;

import io.thumbnailer.imaging.codec.jpeg.NativeJpeg;
import io.thumbnailer.imaging.codec.png.PngEncoder;
import io.thumbnailer.imaging.model.OutputFormat;
import io.thumbnailer.imaging.model.Rendition;
import io.thumbnailer.imaging.raster.ColourConversion;
import io.thumbnailer.imaging.raster.PlanarImage;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import javax.imageio.IIOImage;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Writes thumbnails: pixels only, no metadata, in sRGB. */
public final class Encoder {
  private final Optional<NativeJpeg> nativeJpeg;

  public Encoder(Optional<NativeJpeg> nativeJpeg) {
    this.nativeJpeg = nativeJpeg;
  }

  /** From this quality on, chroma keeps its full resolution where the encoder can do it. */
  public static boolean halfChroma(Rendition rendition, OutputFormat format) {
    return format == OutputFormat.JPEG && rendition.quality() < 90;
  }

  /** Encodes an image; one with alpha is laid on the rendition's background for JPEG. */
  public byte[] encode(PlanarImage image, Rendition rendition, OutputFormat format) {
    if (format == OutputFormat.JPEG) {
      PlanarImage opaque = ColourConversion.flatten(image, rendition.background());
      if (nativeJpeg.isPresent()) {
        PlanarImage ycc = ColourConversion.toYcc(opaque, halfChroma(rendition, format));
        return nativeJpeg.get().encode(ycc, rendition.quality());
      }
      return write(BufferedImagePlanes.join(opaque), rendition, format);
    }
    if (format == OutputFormat.PNG) {
      boolean grey = image.colours() == PlanarImage.Colours.GRAY;
      return PngEncoder.encode(grey ? image : ColourConversion.toRgb(image));
    }
    return write(BufferedImagePlanes.join(image), rendition, format);
  }

  private static byte[] write(BufferedImage image, Rendition rendition, OutputFormat format) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(32 * 1024);
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      ImageWriter writer = Codecs.writer(format);
      try {
        ImageWriteParam parameters = writer.getDefaultWriteParam();
        parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        if (format == OutputFormat.WEBP) {
          parameters.setCompressionType("Lossy");
        }
        parameters.setCompressionQuality(rendition.quality() / 100f);
        writer.setOutput(out);
        writer.write(null, new IIOImage(image, null, null), parameters);
      } finally {
        writer.dispose();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("could not write " + format, e);
    }
    return bytes.toByteArray();
  }
}
