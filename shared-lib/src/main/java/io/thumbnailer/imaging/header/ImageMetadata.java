package io.thumbnailer.imaging.header;

import java.util.Optional;

/**
 * How a file's pixels are to be shown. Broken metadata counts as absent.
 *
 * @param profile the embedded ICC profile, unchecked; empty if the decoder applies it itself
 * @param channels the number of channels of a JPEG; 0 for other formats
 * @param adobeTransform the colour transform in Adobe's marker of a JPEG; -1 if there is none
 */
public record ImageMetadata(Optional<byte[]> profile, int channels, int adobeTransform) {
  /** The metadata of a file that contains none. */
  public static final ImageMetadata NONE = new ImageMetadata(Optional.empty(), 0, -1);

  /** The largest profile that is used; profiles of printing presses have up to 3 MB. */
  static final int MAX_PROFILE_BYTES = 4 << 20;

  /** Creates metadata with only a profile. */
  static ImageMetadata of(Optional<byte[]> profile) {
    return new ImageMetadata(profile, 0, -1);
  }
}
