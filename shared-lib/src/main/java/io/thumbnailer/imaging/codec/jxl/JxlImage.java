package io.thumbnailer.imaging.codec.jxl;

import com.sun.jna.Memory;
import com.sun.jna.NativeLong;
import com.sun.jna.Pointer;
import io.thumbnailer.imaging.model.ImageHeader;
import io.thumbnailer.imaging.raster.Decoded;
import io.thumbnailer.imaging.raster.Inks;
import io.thumbnailer.imaging.raster.PlanarRows;
import java.awt.color.ICC_Profile;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Arrays;
import java.util.Optional;

/** A single decode of a file's first image. */
final class JxlImage implements AutoCloseable {
  /** In pixels. A square at the right edge may be narrower. */
  private static final int SMALLEST_SQUARE = 16;

  private final JxlLibrary library;
  private final Pointer decoder;
  private final ImageHeader header;
  private final Memory info = new Memory(JxlLibrary.INFO_BYTES);
  private final Memory format = new Memory(JxlLibrary.FORMAT_BYTES);
  private Memory pixels;
  private boolean alpha;

  /** The index of the channel with black ink; negative if the colours are not inks. */
  private int black = -1;

  private Memory blackPixels;
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
    useFormat(alpha ? 4 : 3);
    black = blackChannel();
  }

  private void useFormat(int channels) {
    format.clear();
    format.setInt(0, channels);
    format.setInt(4, JxlLibrary.UINT8);
  }

  private int blackChannel() {
    try (Memory channel = new Memory(JxlLibrary.CHANNEL_BYTES)) {
      for (int i = 0; i < info.getInt(JxlLibrary.INFO_EXTRA_CHANNELS); i++) {
        channel.clear();
        if (library.JxlDecoderGetExtraChannelInfo(decoder, new NativeLong(i), channel)
                == JxlLibrary.SUCCESS
            && channel.getInt(JxlLibrary.CHANNEL_TYPE) == JxlLibrary.BLACK) {
          return i;
        }
      }
    }
    return -1;
  }

  private void takeColours() {
    JxlColours colours = new JxlColours(library, decoder, format);
    profile = black < 0 ? colours.ofRgb() : colours.ofInks();
  }

  private void giveBuffer() throws IOException {
    long size = (long) header.width() * header.height() * (alpha ? 4 : 3);
    pixels = new Memory(size);
    int status = library.JxlDecoderSetImageOutBuffer(decoder, format, pixels, new NativeLong(size));
    if (status != JxlLibrary.SUCCESS) {
      throw new IOException("libjxl did not accept the buffer");
    }
    if (black >= 0) {
      takeBlack();
    }
  }

  private void takeBlack() throws IOException {
    NativeLong size = new NativeLong((long) header.width() * header.height());
    blackPixels = new Memory(size.longValue());
    useFormat(1);
    int status = library.JxlDecoderSetExtraChannelBuffer(decoder, format, blackPixels, size, black);
    useFormat(alpha ? 4 : 3);
    if (status != JxlLibrary.SUCCESS) {
      throw new IOException("libjxl did not accept the buffer for black");
    }
  }

  private PlanarRows rows() {
    int channels = alpha ? 4 : 3;
    PlanarRows rows =
        new PlanarRows(
            header.width(), header.height(), channels, black < 0 ? profile : Optional.empty());
    if (info.getInt(JxlLibrary.INFO_ALPHA_PREMULTIPLIED) != 0) {
      rows.keepingColours();
    }
    byte[] row = new byte[header.width() * channels];
    byte[] blackRow = new byte[header.width()];
    Inks inks = new Inks(black < 0 ? Optional.empty() : profile);
    for (int y = 0; y < header.height(); y++) {
      pixels.read((long) y * row.length, row, 0, row.length);
      if (black >= 0) {
        blackPixels.read((long) y * blackRow.length, blackRow, 0, blackRow.length);
        print(inks, row, blackRow, channels);
      }
      rows.set(y, row, 0);
    }
    return rows;
  }

  /** Converts a row of inks to sRGB; unlike elsewhere, 0 covers the paper completely. */
  private static void print(Inks inks, byte[] row, byte[] blackRow, int channels) {
    for (int x = 0, at = 0; x < blackRow.length; x++, at += channels) {
      inks.toRgb(
          (byte) ~row[at], (byte) ~row[at + 1], (byte) ~row[at + 2], (byte) ~blackRow[x], row, at);
    }
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
    if (blackPixels != null) {
      blackPixels.close();
    }
  }
}
