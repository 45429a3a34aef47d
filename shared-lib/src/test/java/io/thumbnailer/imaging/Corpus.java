package io.thumbnailer.imaging;

import io.thumbnailer.devservices.images.TestImages;
import io.thumbnailer.imaging.codec.BufferedImagePlanes;
import io.thumbnailer.imaging.codec.Encoder;
import io.thumbnailer.imaging.codec.heif.NativeHeif;
import io.thumbnailer.imaging.codec.jxl.NativeJxl;
import io.thumbnailer.imaging.model.OutputFormat;
import io.thumbnailer.imaging.model.Rendition;
import io.thumbnailer.imaging.raster.PlanarImage;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * Files with every kind of trap, created here byte by byte or by the JDK's writers, so that the
 * repository contains no image of anybody else and all of it is covered by the project's licence.
 */
public final class Corpus {
  private static final int WIDTH = 96;
  private static final int HEIGHT = 48;

  private Corpus() {}

  /** A file that was created by another program. */
  static byte[] resource(String name) {
    try (InputStream in = Corpus.class.getResourceAsStream(name)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All files by name. */
  public static Map<String, byte[]> files() {
    Map<String, byte[]> files = new LinkedHashMap<>();
    for (String format : List.of("jpeg", "png", "gif", "bmp", "tiff")) {
      files.put("plain." + format, TestImages.encoded(WIDTH, HEIGHT, format));
    }
    files.put("orientation.jpeg", TestImages.jpegWithOrientation(WIDTH, HEIGHT, 6));
    files.put("orientation.png", pngWithOrientation(6));
    files.put("orientation.webp", webpWithOrientation(6));
    files.put("orientation.tiff", tiffWithOrientation(6));
    files.put("progressive.jpeg", progressive("jpeg"));
    files.put("interlaced.png", progressive("png"));
    files.put("profile.jpeg", jpegWithProfile(solid(0x808080), adobeRgb()));
    files.put("profile.png", pngWithProfile(solid(0x808080), adobeRgb()));
    files.put("cmyk.jpeg", cmykJpeg(new int[] {0, 255, 255, 0}));
    files.put("16-bit.png", wide(3));
    files.put("16-bit-grey.png", wide(1));
    files.put("palette.png", palette(4));
    files.put("1-bit.png", palette(1));
    files.put("animated.gif", gifWithOffsetFrame());
    files.put("icon.ico", icon());
    files.put("image.ppm", ppm());
    files.put("ycck.jpeg", PressFiles.adobe(new int[] {200, 128, 90, 255}, 2));
    files.put("cmyk-plain.jpeg", PressFiles.fourChannels(new int[] {0, 255, 255, 0}));
    files.put(
        "cmyk-profile.jpeg",
        PressFiles.withProfile(
            cmykJpeg(new int[] {255, 0, 0, 0}), PressFiles.profileOfAPressWithoutCyan()));
    files.put("image.psd", PressFiles.psd(0x4080C0));
    files.put("pages.tiff", ManyImages.tiffOfTwoPages());
    files.put("jpeg.tiff", ManyImages.tiffOfJpeg(0x4080C0));
    files.put("animated.webp", ManyImages.animatedWebp());
    files.put("icon.icns", ManyImages.icns());
    files.put("rgb.png", TestImages.encode(solid(0x4080C0), "png"));
    files.put("rgba.png", TestImages.encode(translucent(), "png"));
    files.put("plain.webp", webp(TestImages.quadrants(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB)));
    for (String name :
        List.of(
            "fax-g3.tif",
            "fax-g3-2d.tif",
            "fax-g4.tif",
            "jpeg-planar.tif",
            "jpeg-old.tif",
            "deflate.tif",
            "ycc.tif",
            "it32.icns",
            "ic05.icns",
            "arithmetic.jpg")) {
      files.put(name, resource("/damage/" + name));
    }
    if (NativeHeif.find().isPresent()) {
      for (String name : List.of("plain.heic", "plain.avif", "alpha.avif", "ten.heic")) {
        files.put(name, resource(name));
      }
    }
    if (NativeJxl.find().isPresent()) {
      for (String name : List.of("alpha.jxl", "profile.jxl", "orientation.jxl")) {
        files.put(name, resource(name));
      }
    }
    return files;
  }

  static BufferedImage solid(int rgb) {
    BufferedImage image = new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < 64; y++) {
      for (int x = 0; x < 64; x++) {
        image.setRGB(x, y, rgb);
      }
    }
    return image;
  }

  private static BufferedImage translucent() {
    BufferedImage image = new BufferedImage(64, 64, BufferedImage.TYPE_INT_ARGB);
    for (int i = 0; i < 64 * 64; i++) {
      image.setRGB(i % 64, i / 64, (i & 0xFF) << 24 | 0x2080E0 + i);
    }
    return image;
  }

  static byte[] pngWithOrientation(int orientation) {
    return pngWithChunk(TestImages.encoded(WIDTH, HEIGHT, "png"), "eXIf", exif(orientation));
  }

  static byte[] tiffWithOrientation(int orientation) {
    byte[] tiff = TestImages.encoded(WIDTH, HEIGHT, "tiff");
    ByteBuffer in = ByteBuffer.wrap(tiff);
    in.order(tiff[0] == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    int directory = in.getInt(4);
    int entries = in.getShort(directory);
    ByteBuffer out = ByteBuffer.allocate(tiff.length + 6 + 12 * (entries + 1)).order(in.order());
    out.put(tiff);
    int moved = out.position();
    out.putShort((short) (entries + 1));
    boolean done = false;
    for (int i = 0; i < entries; i++) { // the tags have to stay in ascending order
      int entry = directory + 2 + 12 * i;
      if (!done && Short.toUnsignedInt(in.getShort(entry)) > 0x0112) {
        done = true;
        out.putShort((short) 0x0112).putShort((short) 3).putInt(1);
        out.putShort((short) orientation).putShort((short) 0);
      }
      out.put(tiff, entry, 12);
    }
    out.putInt(0);
    out.putInt(4, moved);
    return out.array();
  }

  static byte[] webp(BufferedImage image) {
    PlanarImage planes = BufferedImagePlanes.split(image, java.util.Optional.empty());
    return new Encoder(java.util.Optional.empty())
        .encode(planes, Rendition.parse("w", "1x1,webp,q=95"), OutputFormat.WEBP);
  }

  static byte[] webpWithOrientation(int orientation) {
    byte[] simple = webp(TestImages.quadrants(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB));
    byte[] exif = exif(orientation);
    ByteBuffer out =
        ByteBuffer.allocate(simple.length + 18 + 8 + exif.length).order(ByteOrder.LITTLE_ENDIAN);
    out.put(ascii("RIFF")).putInt(out.capacity() - 8).put(ascii("WEBP"));
    out.put(ascii("VP8X")).putInt(10).putInt(0x08);
    out.put(new byte[] {WIDTH - 1, 0, 0, HEIGHT - 1, 0, 0});
    out.put(simple, 12, simple.length - 12);
    out.put(ascii("EXIF")).putInt(exif.length).put(exif);
    return out.array();
  }

  static byte[] jpegWithProfile(BufferedImage image, byte[] profile) {
    byte[] jpeg = encodeJpeg(image, 0.98f);
    ByteBuffer out = ByteBuffer.allocate(jpeg.length + 18 + profile.length);
    out.put(jpeg, 0, 2).putShort((short) 0xFFE2).putShort((short) (16 + profile.length));
    out.put(ascii("ICC_PROFILE\0")).put((byte) 1).put((byte) 1).put(profile);
    out.put(jpeg, 2, jpeg.length - 2);
    return out.array();
  }

  static byte[] pngWithProfile(BufferedImage image, byte[] profile) {
    Deflater deflater = new Deflater();
    deflater.setInput(profile);
    deflater.finish();
    byte[] packed = new byte[profile.length + 64];
    int length = deflater.deflate(packed);
    deflater.end();
    ByteBuffer chunk = ByteBuffer.allocate(3 + length);
    chunk.put(ascii("p\0\0")).put(packed, 0, length);
    return pngWithChunk(TestImages.encode(image, "png"), "iCCP", chunk.array());
  }

  /** Linear RGB with sRGB's primaries, as defined in the JDK: a grey of 55 is shown as 128. */
  static byte[] linearRgb() {
    return ICC_Profile.getInstance(ColorSpace.CS_LINEAR_RGB).getData();
  }

  /** A matrix profile with the primaries of Adobe RGB (1998), adapted to D50, and its gamma. */
  static byte[] adobeRgb() {
    double[][] xyz = {
      {0.60974, 0.31111, 0.01947}, {0.20528, 0.62567, 0.06087}, {0.14919, 0.06322, 0.74457}
    };
    return matrixProfile(xyz, 563); // 2.19921875 in eighths of 256
  }

  /** The primaries of Display P3, adapted to D50, with a gamma of 2.2. */
  static byte[] displayP3() {
    double[][] xyz = {
      {0.51512, 0.24120, -0.00105}, {0.29198, 0.69225, 0.04189}, {0.15710, 0.06657, 0.78407}
    };
    return matrixProfile(xyz, 563);
  }

  private static byte[] matrixProfile(double[][] columns, int gamma256) {
    String[] tags = {"desc", "cprt", "wtpt", "rXYZ", "gXYZ", "bXYZ", "rTRC", "gTRC", "bTRC"};
    int data = 128 + 4 + 12 * tags.length;
    ByteBuffer out = ByteBuffer.allocate(data + 104 + 16 + 4 * 20 + 16);
    out.putInt(out.capacity()).putInt(0).putInt(0x02400000);
    out.put(ascii("mntrRGB XYZ ")).put(new byte[12]).put(ascii("acsp"));
    out.position(68);
    xyzNumber(out, 0.9642, 1, 0.8249);
    out.position(128);
    out.putInt(tags.length);
    int[] offsets = {0, 104, 120, 140, 160, 180, 200, 200, 200};
    int[] sizes = {104, 16, 20, 20, 20, 20, 14, 14, 14};
    for (int i = 0; i < tags.length; i++) {
      out.put(ascii(tags[i])).putInt(data + offsets[i]).putInt(sizes[i]);
    }
    out.put(ascii("desc")).putInt(0).putInt(5).put(ascii("test\0"));
    out.position(data + 104);
    out.put(ascii("text")).putInt(0).put(ascii("none\0"));
    out.position(data + 120);
    out.put(ascii("XYZ ")).putInt(0);
    xyzNumber(out, 0.9642, 1, 0.8249);
    for (double[] column : columns) {
      out.put(ascii("XYZ ")).putInt(0);
      xyzNumber(out, column[0], column[1], column[2]);
    }
    out.put(ascii("curv")).putInt(0).putInt(1).putShort((short) gamma256);
    return out.array();
  }

  private static void xyzNumber(ByteBuffer out, double x, double y, double z) {
    for (double value : new double[] {x, y, z}) {
      out.putInt((int) Math.round(value * 65536));
    }
  }

  /** A JPEG with four channels of one colour, stored inverted as Adobe's marker demands. */
  public static byte[] cmykJpeg(int[] cmyk) {
    return PressFiles.adobe(
        new int[] {255 - cmyk[0], 255 - cmyk[1], 255 - cmyk[2], 255 - cmyk[3]}, 0);
  }

  /** A JPEG with four channels that are stored unchanged. */
  static byte[] rasterJpeg(int[] samples) {
    WritableRaster raster = Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, 64, 64, 4, null);
    for (int y = 0; y < 64; y++) {
      for (int x = 0; x < 64; x++) {
        for (int band = 0; band < 4; band++) {
          raster.setSample(x, y, band, samples[band]);
        }
      }
    }
    return write("jpeg", new IIOImage(raster, null, null), null);
  }

  /** 16 bits per channel, with a grey of 128 in the upper eight bits. */
  public static byte[] wide(int channels) {
    ColorSpace space =
        ColorSpace.getInstance(channels == 1 ? ColorSpace.CS_GRAY : ColorSpace.CS_sRGB);
    ComponentColorModel model =
        new ComponentColorModel(
            space, false, false, java.awt.Transparency.OPAQUE, DataBuffer.TYPE_USHORT);
    WritableRaster raster = model.createCompatibleWritableRaster(64, 64);
    for (int i = 0; i < 64 * 64 * channels; i++) {
      raster.setSample(i / channels % 64, i / channels / 64, i % channels, 128 * 257);
    }
    return TestImages.encode(new BufferedImage(model, raster, false, null), "png");
  }

  /** Left half red, right half green. */
  public static byte[] palette(int bits) {
    byte[] r = {-1, 0};
    byte[] g = {0, -1};
    byte[] b = {0, 0};
    BufferedImage image =
        new BufferedImage(
            64, 64, BufferedImage.TYPE_BYTE_BINARY, new IndexColorModel(bits, 2, r, g, b));
    for (int y = 0; y < 64; y++) {
      for (int x = 32; x < 64; x++) {
        image.getRaster().setSample(x, y, 0, 1);
      }
    }
    return TestImages.encode(image, "png");
  }

  /** A screen of 60 by 60 whose first frame, 30 by 30 and red, lies in the lower right corner. */
  static byte[] gifWithOffsetFrame() {
    BufferedImage frame = solid(0xFF0000).getSubimage(0, 0, 30, 30);
    byte[] gif = TestImages.encode(frame, "gif");
    gif[6] = 60;
    gif[8] = 60;
    for (int i = 13; i < gif.length; i++) {
      if (gif[i] == 0x2C && gif[i + 5] == 30 && gif[i + 7] == 30) {
        gif[i + 1] = 30;
        gif[i + 3] = 30;
        return gif;
      }
    }
    throw new IllegalStateException("no frame");
  }

  /** An icon of a small red and a larger green image. */
  public static byte[] icon() {
    byte[] small = TestImages.encode(solid(0xFF0000).getSubimage(0, 0, 16, 16), "png");
    byte[] large = TestImages.encode(solid(0x00FF00).getSubimage(0, 0, 48, 48), "png");
    ByteBuffer out =
        ByteBuffer.allocate(6 + 32 + small.length + large.length).order(ByteOrder.LITTLE_ENDIAN);
    out.putShort((short) 0).putShort((short) 1).putShort((short) 2);
    out.put((byte) 16).put((byte) 16).putShort((short) 0).putShort((short) 1).putShort((short) 32);
    out.putInt(small.length).putInt(38);
    out.put((byte) 48).put((byte) 48).putShort((short) 0).putShort((short) 1).putShort((short) 32);
    out.putInt(large.length).putInt(38 + small.length);
    out.put(small).put(large);
    return out.array();
  }

  private static byte[] ppm() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(ascii("P6\n16 16\n255\n"));
    out.writeBytes(new byte[16 * 16 * 3]);
    return out.toByteArray();
  }

  private static byte[] progressive(String format) {
    ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
    ImageWriteParam parameters = writer.getDefaultWriteParam();
    parameters.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
    return write(
        format,
        new IIOImage(TestImages.quadrants(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB), null, null),
        parameters);
  }

  static byte[] encodeJpeg(BufferedImage image, float quality) {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ImageWriteParam parameters = writer.getDefaultWriteParam();
    parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
    parameters.setCompressionQuality(quality);
    return write("jpeg", new IIOImage(image, null, null), parameters);
  }

  private static byte[] write(String format, IIOImage image, ImageWriteParam parameters) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      writer.setOutput(out);
      writer.write(null, image, parameters);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  private static byte[] pngWithChunk(byte[] png, String type, byte[] data) {
    CRC32 crc = new CRC32();
    crc.update(ascii(type));
    crc.update(data);
    ByteBuffer out = ByteBuffer.allocate(png.length + 12 + data.length);
    out.put(png, 0, 33).putInt(data.length).put(ascii(type)).put(data).putInt((int) crc.getValue());
    out.put(png, 33, png.length - 33);
    return out.array();
  }

  private static byte[] exif(int orientation) {
    ByteBuffer out = ByteBuffer.allocate(26);
    out.put(ascii("MM")).putShort((short) 42).putInt(8).putShort((short) 1);
    out.putShort((short) 0x0112).putShort((short) 3).putInt(1);
    out.putShort((short) orientation).putShort((short) 0).putInt(0);
    return out.array();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
