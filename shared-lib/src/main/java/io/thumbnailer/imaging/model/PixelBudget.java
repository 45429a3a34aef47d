package io.thumbnailer.imaging.model;

/**
 * The size limit of an image.
 *
 * @param maxPixels the maximum of width times height, at least 1
 */
public record PixelBudget(long maxPixels) {

  /** Throws {@link IllegalArgumentException} if the budget is not positive. */
  public PixelBudget {
    if (maxPixels < 1) {
      throw new IllegalArgumentException("the pixel budget must be positive");
    }
  }

  /** Throws {@link ImagingException} with {@code TOO_MANY_PIXELS} if the header exceeds it. */
  public void admit(ImageHeader header) throws ImagingException {
    if (header.pixels() > maxPixels) {
      throw new ImagingException(
          ImagingException.Reason.TOO_MANY_PIXELS,
          "%d x %d pixels are more than the limit of %d"
              .formatted(header.width(), header.height(), maxPixels));
    }
  }
}
