package io.thumbnailer.imaging.header;

import com.twelvemonkeys.imageio.stream.ByteArrayImageInputStream;
import java.io.IOException;
import java.util.List;
import javax.imageio.stream.ImageInputStream;

/**
 * The primary image of a HEIF file.
 *
 * @param item the id of the item to be decoded: the primary item, or the one that it is a copy of
 *     ({@code iden})
 * @param transforms of that item, in the order in which they are applied
 * @param transformsOfCopies those of the primary item and of others in between, to be applied after
 *     {@code transforms}; empty if the primary item is no copy
 * @param limitedGrey whether it has only one channel, whose black is 16 and whose white is 235
 * @param limitedAlpha whether full transparency is 16, and opacity 235
 */
public record HeifPrimary(
    long item,
    List<HeifTransform> transforms,
    List<HeifTransform> transformsOfCopies,
    boolean limitedGrey,
    boolean limitedAlpha) {

  /**
   * Finds the primary image of a file that was admitted.
   *
   * @throws IOException if the metadata is broken
   */
  public static HeifPrimary of(byte[] file) throws IOException {
    try (ImageInputStream whole = new ByteArrayImageInputStream(file)) {
      return HeifHeader.primary(whole);
    }
  }
}
