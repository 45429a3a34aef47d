package io.thumbnailer.imaging.codec;

import io.thumbnailer.imaging.codec.heif.AvifEncoder;
import io.thumbnailer.imaging.codec.heif.NativeHeif;
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
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOInvalidTreeException;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.w3c.dom.NodeList;

/** Encodes thumbnails: only pixels, in sRGB, without metadata. */
public final class Encoder {
  private final Optional<NativeJpeg> nativeJpeg;
  private final Optional<AvifEncoder> avif = NativeHeif.find().flatMap(NativeHeif::avifEncoder);

  public Encoder(Optional<NativeJpeg> nativeJpeg) {
    this.nativeJpeg = nativeJpeg;
  }

  /** The format that is actually written; WebP if AVIF is requested and there is no encoder. */
  public OutputFormat format(Rendition rendition, boolean alpha) {
    OutputFormat asked = rendition.format().resolve(alpha);
    return asked == OutputFormat.AVIF && avif.isEmpty() ? OutputFormat.WEBP : asked;
  }

  /** Smaller thumbnails gain nothing from subsampled chroma, and visibly suffer from it. */
  private static final int LEAST_FOR_HALF_CHROMA = 64 * 64;

  /**
   * Whether a thumbnail's chroma gets half of its resolution in both directions: below quality 90,
   * unless it is tiny.
   */
  public static boolean halfChroma(
      Rendition rendition, OutputFormat format, int width, int height) {
    return format == OutputFormat.JPEG
        && rendition.quality() < 90
        && width * height >= LEAST_FOR_HALF_CHROMA;
  }

  /** Encodes an image; for JPEG, a transparent one is flattened onto the rendition's background. */
  public byte[] encode(PlanarImage image, Rendition rendition, OutputFormat format) {
    if (format == OutputFormat.JPEG) {
      PlanarImage opaque = ColourConversion.flatten(image, rendition.background());
      if (nativeJpeg.isPresent()) {
        boolean half = halfChroma(rendition, format, image.width(), image.height());
        PlanarImage ycc = ColourConversion.toYcc(opaque, half);
        return nativeJpeg.get().encode(ycc, rendition.quality());
      }
      return write(BufferedImagePlanes.join(opaque), rendition, format);
    }
    if (format == OutputFormat.PNG) {
      boolean grey = image.colours() == PlanarImage.Colours.GRAY;
      return PngEncoder.encode(grey ? image : ColourConversion.toRgb(image));
    }
    if (format == OutputFormat.AVIF) {
      try {
        return avif.orElseThrow().encode(image, rendition.quality());
      } catch (IOException e) {
        throw new UncheckedIOException("could not write AVIF", e);
      }
    }
    return write(BufferedImagePlanes.join(image), rendition, format);
  }

  /**
   * Creates metadata with full chroma; without it, the JDK's writer halves the chroma resolution.
   */
  private static IIOMetadata fullChroma(
      ImageWriter writer, BufferedImage image, ImageWriteParam parameters)
      throws IIOInvalidTreeException {
    IIOMetadata metadata =
        writer.getDefaultImageMetadata(new ImageTypeSpecifier(image), parameters);
    String format = metadata.getNativeMetadataFormatName();
    IIOMetadataNode root = (IIOMetadataNode) metadata.getAsTree(format);
    NodeList components = root.getElementsByTagName("componentSpec");
    for (int i = 0; i < components.getLength(); i++) {
      IIOMetadataNode component = (IIOMetadataNode) components.item(i);
      component.setAttribute("HsamplingFactor", "1");
      component.setAttribute("VsamplingFactor", "1");
    }
    metadata.setFromTree(format, root);
    return metadata;
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
        boolean half = halfChroma(rendition, format, image.getWidth(), image.getHeight());
        IIOMetadata metadata =
            format == OutputFormat.JPEG && !half ? fullChroma(writer, image, parameters) : null;
        writer.write(null, new IIOImage(image, null, metadata), parameters);
      } finally {
        writer.dispose();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("could not write " + format, e);
    }
    return bytes.toByteArray();
  }
}
