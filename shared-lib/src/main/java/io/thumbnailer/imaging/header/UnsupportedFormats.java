package io.thumbnailer.imaging.header;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Identifies unsupported formats that people upload, by their first bytes. */
public final class UnsupportedFormats {
  private static final String[][] SIGNATURES = {
    {"II*\0\20\0\0\0CR", "CR2"},
    {"II\32\0\0\0HEAPCCDR", "CRW"},
    {"IIRO", "ORF"},
    {"IIRS", "ORF"},
    {"MMOR", "ORF"},
    {"IIU\0", "RW2"},
    {"FUJIFILMCCD-RAW", "RAF"},
    {"FOVb", "X3F"},
    {"\0MRM", "MRW"},
    {"II\u00bc", "JPEG XR"},
    {"\0\0\0\fjP  ", "JPEG 2000"},
    {"\u00ffO\u00ffQ", "JPEG 2000"},
    {"%PDF-", "PDF"},
    {"%!PS", "EPS"},
    {"\u00c5\u00d0\u00d3\u00c6", "EPS"},
    {"\32E\u00df\u00a3", "WebM or Matroska video"},
    {"\0\0\1\u00ba", "MPEG video"},
    {"\0\0\1\u00b3", "MPEG video"},
    {"OggS", "Ogg"},
    {"FLV", "Flash video"},
    {"0&\u00b2u", "Windows Media video"},
    {"gimp xcf", "XCF"},
    {"v/1\1", "OpenEXR"},
    {"#?RADIANCE", "Radiance HDR"},
    {"#?RGBE", "Radiance HDR"},
    {"PF\n", "PFM"},
    {"Pf\n", "PFM"},
    {"\n\5\1", "PCX"},
    {"\1\u00da", "SGI"},
    {"/* XPM", "XPM"},
    {"#define ", "XBM"},
    {"farbfeld", "farbfeld"},
    {"FLIF", "FLIF"},
    {"BPG\u00fb", "BPG"},
    {"Y\u00a6j\u0095", "Sun Raster"},
    {"\u008aMNG", "MNG"},
    {"\u008bJNG", "JNG"},
    {"\u00abKTX", "KTX"},
    {"Paint Shop Pro", "Paint Shop Pro"},
    {"SIMPLE  =", "FITS"},
    {"\u0013\u00ab\u00a1\\", "ASTC"},
    {"VTF\0", "VTF"},
    {"FUJIFILM", "RAF"},
    {"\37\u008b", "GZIP"},
    {"Rar!", "RAR"},
    {"DDS ", "DDS"},
    {"qoif", "QOI"},
    {"\u00d7\u00cd\u00c6\u009a", "WMF"},
    {"AT&TFORM", "DjVu"},
    {"7z\u00bc\u00af", "7-Zip"},
    {"PK\3\4", "ZIP"},
    {"\1\0\t\0", "WMF"},
    {"\u00d0\u00cf\21\u00e0", "Microsoft Office"},
    {"{\\rtf", "RTF"},
    {"ID3", "MP3"},
  };

  private static final Set<String> QUICKTIME = Set.of("qt  ");

  /** With these boxes, QuickTime files begin that have no type. */
  private static final Set<String> QUICKTIME_BOXES = Set.of("moov", "mdat", "wide", "pnot");

  /** The length of a packet of an MPEG transport stream. */
  private static final int TRANSPORT_PACKET = 188;

  private static final int LEAST_TEXT = 16;
  private static final Set<Integer> TGA_TYPES = Set.of(1, 2, 3, 9, 10, 11);
  private static final Set<Integer> TGA_DEPTHS = Set.of(8, 15, 16, 24, 32);

  private UnsupportedFormats() {}

  /** Returns the usual name of the format. */
  public static Optional<String> name(byte[] prefix) {
    String text = new String(prefix, StandardCharsets.ISO_8859_1);
    int length = text.length();
    for (String[] signature : SIGNATURES) {
      if (text.startsWith(signature[0])) {
        return Optional.of(signature[1]);
      }
    }
    if (text.startsWith("RIFF")) {
      if (text.startsWith("AVI ", 8)) {
        return Optional.of("AVI video");
      }
      if (text.startsWith("ACON", 8)) {
        return Optional.of("ANI");
      }
    }
    if (text.startsWith("FORM") && (text.startsWith("ILBM", 8) || text.startsWith("PBM ", 8))) {
      return Optional.of("IFF ILBM");
    }
    if (text.startsWith("\1\0\0\0") && text.startsWith(" EMF", 40)) {
      return Optional.of("EMF");
    }
    if (text.startsWith("DICM", 128)) {
      return Optional.of("DICOM");
    }
    if (text.startsWith("ftyp", 4)) {
      return Optional.of(isoMedia(text));
    }
    if (QUICKTIME_BOXES.contains(text.substring(Math.min(4, length), Math.min(8, length)))) {
      return Optional.of("MOV video");
    }
    if (text.startsWith("G") && text.startsWith("G", TRANSPORT_PACKET)) {
      return Optional.of("MPEG video");
    }
    if (isSvg(text)) {
      return Optional.of("SVG");
    }
    if (isHtml(text)) {
      return Optional.of("HTML");
    }
    if (isTga(prefix)) {
      return Optional.of("TGA");
    }
    return isText(text) ? Optional.of("Text") : Optional.empty();
  }

  /** Whether there are only characters of a text, at least a line's worth. */
  private static boolean isText(String text) {
    return text.length() >= LEAST_TEXT
        && text.chars()
            .allMatch(c -> c == '\n' || c == '\r' || c == '\t' || (c >= ' ' && c != 0x7F));
  }

  private static String isoMedia(String text) {
    String brand = text.length() < 12 ? "" : text.substring(8, 12);
    if (QUICKTIME.contains(brand)) {
      return "MOV video";
    }
    return switch (brand) {
      case "crx " -> "CR3";
      case "heic", "heix", "heim", "heis", "hevc", "hevx" -> "HEIC";
      case "mif1", "mif3", "msf1" -> "HEIF";
      case "avif", "avis" -> "AVIF";
      default -> "MP4 video";
    };
  }

  private static boolean isSvg(String text) {
    String start = text.startsWith("\u00ef\u00bb\u00bf") ? text.substring(3) : text;
    String lower = start.stripLeading().toLowerCase(Locale.ROOT);
    return lower.startsWith("<svg") || (lower.startsWith("<") && lower.contains("<svg"));
  }

  private static boolean isHtml(String text) {
    String lower = text.stripLeading().toLowerCase(Locale.ROOT);
    return lower.startsWith("<!doctype html") || lower.startsWith("<html");
  }

  /** Checks the whole header for plausibility, because TGA files have no signature. */
  private static boolean isTga(byte[] b) {
    return b.length > 18
        && (b[1] == 0 || b[1] == 1)
        && TGA_TYPES.contains((int) b[2])
        && TGA_DEPTHS.contains((int) b[16])
        && (b[12] != 0 || b[13] != 0)
        && (b[14] != 0 || b[15] != 0)
        && (b[17] & 0xC0) == 0;
  }
}
