package io.thumbnailer.imaging.header;

import java.util.Optional;

/**
 * What a file says about how its pixels are to be shown. What is broken counts as absent.
 *
 * @param profile the embedded ICC profile, unchecked; empty where the reader applies it itself
 * @param channels of a JPEG; 0 for other formats
 * @param adobeTransform how a JPEG's channels are coded, by Adobe's marker; -1 if there is none
 */
public record ImageMetadata(Optional<byte[]> profile, int channels, int adobeTransform) {
  /** Of a file that says nothing. */
  public static final ImageMetadata NONE = new ImageMetadata(Optional.empty(), 0, -1);

  /** The largest profile that is used; those of printing presses have up to 3 MB. */
  static final int MAX_PROFILE_BYTES = 4 << 20;

  /** With a profile alone. */
  static ImageMetadata of(Optional<byte[]> profile) {
    return new ImageMetadata(profile, 0, -1);
  }
}
