package io.thumbnailer.imaging;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thumbnailer.imaging.model.DecodeMemoryBudget;
import io.thumbnailer.imaging.model.ImageFormat;
import io.thumbnailer.imaging.model.ImagingException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Formats that people use and that are refused by name. */
class RefusedFormatsTest {
  private static final Set<ImageFormat> ACCEPTED =
      EnumSet.of(ImageFormat.JPEG, ImageFormat.PNG, ImageFormat.TIFF);

  @TempDir private Path directory;

  @ParameterizedTest
  @CsvSource({
    "00000018667479706865696300000000, HEIC",
    "0000001c667479706d69663100000000686569630000000000000000, HEIC",
    "00000018667479706176696600000000, AVIF",
    "00000018667479706372782000000001, CR3",
    "00000018667479706d70343200000000, MP4 video",
    "00000018667479707174202000000000, MOV video",
    "1a45dfa3010000000000001f, WebM or Matroska video",
    "52494646000000004156492000000000, AVI video",
    "0000000c4a584c200d0a870a, JPEG XL",
    "ff0afa1f, JPEG XL",
    "0000000c6a5020200d0a870a, JPEG 2000",
    "ff4fff51002f, JPEG 2000",
    "255044462d312e37, PDF",
    "25215053, EPS",
    "c5d0d3c6, EPS",
    "49492a00100000004352020000000000, CR2",
    "46554a4946494c4d4343442d524157, RAF",
    "494955000800, RW2",
    "3c3f786d6c2076657273696f6e3d22312e30223f3e3c73766720786d6c6e733d, SVG",
    "3c737667, SVG",
    "0000020000000000000000000800080018000000, TGA",
    "89504e470d0a1a0a00000004436742495000200200000000, Apple's CgBI variant of PNG",
    "ffd8fff7000b080010001001011100, JPEG-LS",
    "ffd8ffc1000b0c0010001001011100, JPEG with 12 bits per sample",
    "ffd8ffc0000b080000001001011100, JPEG whose height comes after its pixels",
    "00000010667479706d69663361766966, HEIF",
    "50460a3120310a2d312e300a, PFM",
    "0a050108, PCX",
    "444453207c, DDS",
    "233f52414449414e43450a, Radiance HDR",
    "3c21444f43545950452068746d6c3e, HTML",
    "504b0304, ZIP",
    "2f2a2058504d202a2f, XPM",
    "425047fb, BPG",
    "0000000877696465000000006d646174, MOV video",
    "d0cf11e0a1b11ae1, Microsoft Office",
    "010009000003, WMF",
    "494433030000, MP3",
    "646174613a696d6167652f6a7065673b6261736536342c2f396a2f34414151536b, Text",
    "53494d504c4520203d, FITS"
  })
  void aKnownFormatIsRefusedByItsName(String hex, String name) throws Exception {
    refused(java.util.HexFormat.of().parseHex(hex), name);
  }

  @Test
  void aTransportStreamIsRefusedAsVideo() throws Exception {
    byte[] file = new byte[400];
    file[0] = 'G';
    file[188] = 'G';
    refused(file, "MPEG video");
  }

  @Test
  void aRawPhotoIsNotShownAsItsPreview() throws Exception {
    refused(preview(50706, ""), "DNG");
    refused(preview(330, "NIKON CORPORATION\0"), "NEF");
    refused(preview(330, "SONY\0"), "ARW");
  }

  @Test
  void aTiffWithAnUnsupportedCompressionIsRefusedByName() throws Exception {
    byte[] file = preview(1000, "");
    ByteBuffer.wrap(file)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putShort(10, (short) 259)
        .putInt(18, 50000);
    refused(file, "TIFF with Zstandard compression");
  }

  /** Photoshop says in a resource whether the file has a flattened image. */
  @ParameterizedTest
  @CsvSource({
    "0, 0, PSD that was saved without a flattened image",
    "1, 2, PSD with a zipped flattened image",
    "1, 3, PSD with a zipped flattened image"
  })
  void aPsdWithoutAReadableFlattenedImageIsRefusedByThatName(int real, int compression, String name)
      throws Exception {
    ByteBuffer out = ByteBuffer.allocate(400);
    out.put("8BPS".getBytes(StandardCharsets.US_ASCII)).putShort((short) 1).put(new byte[6]);
    out.putShort((short) 3).putInt(10).putInt(10).putShort((short) 8).putShort((short) 3);
    out.putInt(0).putInt(18);
    out.put("8BIM".getBytes(StandardCharsets.US_ASCII)).putShort((short) 1057).putShort((short) 0);
    out.putInt(6).putInt(1).put((byte) real).put((byte) 0);
    out.putInt(0).putShort((short) compression);
    refused(out.array(), name, EnumSet.of(ImageFormat.PSD));
  }

  @Test
  void aBitmapInHuffmanCodesIsRefusedByThatName() throws Exception {
    ByteBuffer out = ByteBuffer.allocate(200).order(ByteOrder.LITTLE_ENDIAN);
    out.put(new byte[] {'B', 'M'}).position(14);
    out.putInt(64).putInt(10).putInt(10).putShort((short) 1).putShort((short) 1).putInt(3);
    refused(out.array(), "BMP with OS/2's Huffman coding", EnumSet.of(ImageFormat.BMP));
  }

  private void refused(byte[] file, String name) throws Exception {
    refused(file, name, ACCEPTED);
  }

  private void refused(byte[] file, String name, Set<ImageFormat> accepted) throws Exception {
    Path path = Files.write(directory.resolve("file"), file);
    ImageProbe probe =
        new ImageProbe(Duration.ofMinutes(1), new DecodeMemoryBudget(16 << 20), accepted);
    String names = accepted.stream().map(ImageFormat::name).collect(Collectors.joining(", "));
    assertThatThrownBy(() -> probe.probe(path))
        .isInstanceOf(ImagingException.class)
        .hasMessage(name + " is not supported on this server; accepted: " + names);
  }

  /** The first directory of a camera's file: a reduced image, and where the others are. */
  private static byte[] preview(int tag, String make) {
    ByteBuffer out = ByteBuffer.allocate(200).order(ByteOrder.LITTLE_ENDIAN);
    out.put(new byte[] {'I', 'I', 42, 0}).putInt(8);
    out.putShort((short) (tag == 330 ? 6 : 7));
    entry(out, 254, 4, 1, 1);
    entry(out, 256, 4, 1, 160);
    entry(out, 257, 4, 1, 120);
    entry(out, 262, 3, 1, 2);
    entry(out, 271, 2, Math.max(1, make.length()), make.length() > 4 ? 120 : 0);
    entry(out, 330, 4, 1, 150);
    if (tag != 330) {
      entry(out, tag, 1, 4, 0x0401);
    }
    out.putInt(0);
    out.position(120);
    out.put(make.getBytes(StandardCharsets.US_ASCII));
    return out.array();
  }

  private static void entry(ByteBuffer out, int tag, int type, int count, int value) {
    out.putShort((short) tag).putShort((short) type).putInt(count).putInt(value);
  }
}
