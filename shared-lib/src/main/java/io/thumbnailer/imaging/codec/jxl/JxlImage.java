package io.thumbnailer.imaging.codec.jxl;

import com.sun.jna.Memory;
import com.sun.jna.NativeLong;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.NativeLongByReference;
import io.thumbnailer.imaging.model.ImageHeader;
import io.thumbnailer.imaging.raster.Decoded;
import io.thumbnailer.imaging.raster.PlanarRows;
import io.thumbnailer.imaging.raster.SrgbConversion;
import java.awt.color.ICC_Profile;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Arrays;
import java.util.Optional;

/** A single decode of a file's first image. */
final class JxlImage implements AutoCloseable {
  private static final int MAX_PROFILE_BYTES = 4 << 20;

  /** In pixels. A square at the right edge may be narrower. */
  private static final int SMALLEST_SQUARE = 16;

  private final JxlLibrary library;
  private final Pointer decoder;
  private final ImageHeader header;
  private final Memory info = new Memory(JxlLibrary.INFO_BYTES);
  private final Memory format = new Memory(JxlLibrary.FORMAT_BYTES);
  private Memory pixels;
  private boolean alpha;
  private Optional<ICC_Profile> profile = Optional.empty();

  JxlImage(JxlLibrary library, Pointer bytes, NativeLong size, ImageHeader header) {
    this.library = library;
    this.header = header;
    this.decoder = library.JxlDecoderCreate(null);
    library.JxlDecoderSubscribeEvents(
        decoder, JxlLibrary.BASIC_INFO | JxlLibrary.COLOR_ENCODING | JxlLibrary.FULL_IMAGE);
    library.JxlDecoderSetInput(decoder, bytes, size);
  }

  Decoded decode() throws IOException {
    while (true) {
      if (Thread.currentThread().isInterrupted()) {
        throw new InterruptedIOException("stopped");
      }
      int event = library.JxlDecoderProcessInput(decoder);
      switch (event) {
        case JxlLibrary.BASIC_INFO -> takeInfo();
        case JxlLibrary.COLOR_ENCODING -> takeColours();
        case JxlLibrary.NEED_IMAGE_OUT_BUFFER -> giveBuffer();
        case JxlLibrary.FULL_IMAGE -> {
          return Decoded.whole(rows().finish().image());
        }
        case JxlLibrary.NEED_MORE_INPUT -> {
          if (pixels == null || library.JxlDecoderFlushImage(decoder) != JxlLibrary.SUCCESS) {
            throw new EOFException("the file ends before the image can be shown");
          }
          PlanarRows rows = rows();
          if (info.getInt(JxlLibrary.INFO_ORIGINAL_PROFILE) != 0) {
            leaveOutEmpty(rows);
          }
          return rows.finishDamaged(true);
        }
        default -> throw new IOException("libjxl could not decode the image: " + event);
      }
    }
  }

  private void takeInfo() throws IOException {
    library.JxlDecoderGetBasicInfo(decoder, info);
    alpha = info.getInt(JxlLibrary.INFO_ALPHA_BITS) > 0;
    if (info.getInt(JxlLibrary.INFO_WIDTH) != header.width()
        || info.getInt(JxlLibrary.INFO_HEIGHT) != header.height()) {
      throw new IOException("the size differs from the header");
    }
    format.clear();
    format.setInt(0, alpha ? 4 : 3);
    format.setInt(4, JxlLibrary.UINT8);
  }

  private void takeColours() {
    try (Memory srgb = new Memory(JxlLibrary.ENCODING_BYTES)) {
      srgb.clear();
      library.JxlColorEncodingSetToSRGB(srgb, 0);
      // This has no effect on images that are coded in the colours of their profile.
      library.JxlDecoderSetPreferredColorProfile(decoder, srgb);
    }
    boolean old = library.JxlDecoderVersion() < JxlLibrary.VERSION_WITHOUT_FORMAT;
    NativeLongByReference size = new NativeLongByReference();
    int status =
        old
            ? library.JxlDecoderGetICCProfileSize(decoder, format, JxlLibrary.OF_PIXELS, size)
            : library.JxlDecoderGetICCProfileSize(decoder, JxlLibrary.OF_PIXELS, size);
    long bytes = size.getValue().longValue();
    if (status != JxlLibrary.SUCCESS || bytes < 1 || bytes > MAX_PROFILE_BYTES) {
      return;
    }
    try (Memory icc = new Memory(bytes)) {
      NativeLong length = size.getValue();
      status =
          old
              ? library.JxlDecoderGetColorAsICCProfile(
                  decoder, format, JxlLibrary.OF_PIXELS, icc, length)
              : library.JxlDecoderGetColorAsICCProfile(decoder, JxlLibrary.OF_PIXELS, icc, length);
      if (status == JxlLibrary.SUCCESS) {
        byte[] data = icc.getByteArray(0, (int) bytes);
        profile =
            SrgbConversion.usable(data, 3)
                .or(() -> SrgbConversion.valid(data, 1).map(JxlImage::ofGrey));
      }
    }
  }

  /** Returns an RGB profile for grey: libjxl returns a grey image as three equal channels. */
  private static ICC_Profile ofGrey(ICC_Profile grey) {
    return SrgbConversion.greyAsRgb(grey);
  }

  private void giveBuffer() throws IOException {
    long size = (long) header.width() * header.height() * (alpha ? 4 : 3);
    pixels = new Memory(size);
    int status = library.JxlDecoderSetImageOutBuffer(decoder, format, pixels, new NativeLong(size));
    if (status != JxlLibrary.SUCCESS) {
      throw new IOException("libjxl did not accept the buffer");
    }
  }

  private PlanarRows rows() {
    int channels = alpha ? 4 : 3;
    PlanarRows rows = new PlanarRows(header.width(), header.height(), channels, profile);
    if (info.getInt(JxlLibrary.INFO_ALPHA_PREMULTIPLIED) != 0) {
      rows.keepingColours();
    }
    byte[] row = new byte[header.width() * channels];
    for (int y = 0; y < header.height(); y++) {
      pixels.read((long) y * row.length, row, 0, row.length);
      rows.set(y, row, 0);
    }
    return rows;
  }

  /**
   * Lossless images are coded in squares, and all missing squares have the colour of the last
   * pixel. The first squares of a row may be present without the others.
   */
  private void leaveOutEmpty(PlanarRows rows) {
    int channels = alpha ? 4 : 3;
    byte[] row = new byte[header.width() * channels];
    long last = (long) (header.height() - 1) * row.length + row.length - channels;
    byte[] colour = pixels.getByteArray(last, channels);
    for (int y = header.height() - 1; y >= 0; y--) {
      pixels.read((long) y * row.length, row, 0, row.length);
      int from = row.length;
      while (from > 0 && Arrays.equals(row, from - channels, from, colour, 0, channels)) {
        from -= channels;
      }
      if (row.length - from < Math.min(SMALLEST_SQUARE, header.width()) * channels) {
        return; // the last square of this row exists, so those above do too
      }
      rows.missing(y);
    }
  }

  @Override
  public void close() {
    library.JxlDecoderDestroy(decoder);
    info.close();
    format.close();
    if (pixels != null) {
      pixels.close();
    }
  }
}
