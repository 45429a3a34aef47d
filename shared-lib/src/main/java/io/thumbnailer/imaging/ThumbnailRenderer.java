package io.thumbnailer.imaging;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Makes all thumbnails of one image with one decode. Thread-safe. */
public final class ThumbnailRenderer {
  /** A decoder's own copy and the copy in sRGB, 4 bytes a pixel each. */
  private static final long BYTES_PER_PIXEL = 8;

  private final PixelBudget budget;
  private final DecodePermits permits;
  private final ImageProbe probe = new ImageProbe();
  private final Decoder decoder;
  private final Resampler resampler = new Resampler();
  private final Orienter orienter = new Orienter();
  private final Encoder encoder = new Encoder();

  /**
   * With its limits.
   *
   * @param budget that every image must meet before it is decoded
   * @param permits the memory that all decodes share
   * @param decodeTimeout for one decode
   */
  public ThumbnailRenderer(PixelBudget budget, DecodePermits permits, Duration decodeTimeout) {
    this.budget = budget;
    this.permits = permits;
    this.decoder = new Decoder(decodeTimeout);
  }

  /**
   * Probes, admits, decodes, converts, resamples, orients and encodes.
   *
   * @return one thumbnail per rendition, in the order of the renditions
   * @throws ImagingException when the image is unsupported, unreadable or too large
   * @throws InterruptedException when the thread is interrupted while it waits or decodes
   */
  @SuppressWarnings("try") // the grant is held, not used
  public List<RenderedThumbnail> render(Path original, List<Rendition> renditions)
      throws ImagingException, InterruptedException {
    ImageHeader header = probe.probe(original);
    budget.admit(header);
    try (DecodePermits.Grant grant = permits.acquire(header.pixels() * BYTES_PER_PIXEL)) {
      BufferedImage image = decoder.decode(original, header);
      List<RenderedThumbnail> thumbnails = new ArrayList<>();
      for (Rendition rendition : renditions) {
        thumbnails.add(render(image, header, rendition));
      }
      return thumbnails;
    }
  }

  private RenderedThumbnail render(BufferedImage image, ImageHeader header, Rendition rendition) {
    ImageHeader decoded =
        new ImageHeader(header.format(), image.getWidth(), image.getHeight(), header.orientation());
    FitGeometry geometry = FitGeometry.of(decoded, rendition);
    BufferedImage scaled =
        resampler.resample(image, geometry.crop(), geometry.width(), geometry.height());
    BufferedImage oriented = orienter.orient(scaled, header.orientation());
    BufferedImage finished = rendition.fit() == Fit.PAD ? pad(oriented, rendition) : oriented;
    return new RenderedThumbnail(
        rendition,
        rendition.format(),
        finished.getWidth(),
        finished.getHeight(),
        encoder.encode(finished, rendition));
  }

  private static BufferedImage pad(BufferedImage image, Rendition rendition) {
    BufferedImage padded =
        new BufferedImage(rendition.width(), rendition.height(), BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = padded.createGraphics();
    try {
      graphics.setColor(new Color(rendition.background()));
      graphics.fillRect(0, 0, padded.getWidth(), padded.getHeight());
      graphics.drawImage(
          image,
          (padded.getWidth() - image.getWidth()) / 2,
          (padded.getHeight() - image.getHeight()) / 2,
          null);
    } finally {
      graphics.dispose();
    }
    return padded;
  }
}
