package io.thumbnailer.ingest.thumbnail;

import io.thumbnailer.config.SettingsReader;
import io.thumbnailer.ingest.lifecycle.StartTask;
import io.thumbnailer.storage.ObjectStore;
import io.thumbnailer.storage.StorageException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** Decides whether this server sends a thumbnail itself, or where it redirects the client. */
@Singleton
public class ThumbnailDelivery implements StartTask {
  private static final System.Logger LOG = System.getLogger(ThumbnailDelivery.class.getName());

  /** A CDN URL never expires, but the configuration may change. */
  private static final Duration CDN_CACHING = Duration.ofHours(1);

  private final DeliverySettings settings;
  private final ObjectStore objects;

  /**
   * Another location of a thumbnail.
   *
   * @param address where it is
   * @param caching how long a client may cache the redirect
   */
  public record Redirect(URI address, Duration caching) {}

  /** Settings are validated in the constructor; throws {@code InvalidSettingException}. */
  @Inject
  public ThumbnailDelivery(SettingsReader reader, ObjectStore objects) {
    this.settings = DeliverySettings.from(reader);
    this.objects = objects;
  }

  @Override
  public void start() {}

  /** Whether clients are redirected. */
  public boolean redirects() {
    return settings.mode() != DeliverySettings.Mode.PROXY;
  }

  /**
   * The location of a thumbnail; empty if this server sends it.
   *
   * @param cacheControl the {@code Cache-Control} header that storage sends
   */
  public Optional<Redirect> redirect(String key, String cacheControl) {
    return switch (settings.mode()) {
      case PROXY -> Optional.empty();
      case PRESIGNED ->
          Optional.of(
              new Redirect(
                  objects.presignGet(key, cacheControl, settings.presignedTtl()),
                  // a redirect used at the end of its cache time is valid for the same time again
                  settings.presignedTtl().dividedBy(2)));
      case CDN -> Optional.of(new Redirect(behindCdn(key), CDN_CACHING));
    };
  }

  /** The origin of a page's images, for its security policy; empty for this server. */
  public Optional<String> origin() {
    try {
      return redirect("thumbnails", "")
          .map(r -> r.address().resolve("/"))
          .map(ThumbnailDelivery::text);
    } catch (StorageException e) {
      LOG.log(System.Logger.Level.WARNING, "could not presign a URL: {0}", e.getMessage());
      return Optional.empty();
    }
  }

  private URI behindCdn(String key) {
    return URI.create(settings.cdnBaseUrl().orElseThrow() + "/" + key);
  }

  private static String text(URI root) {
    return root.getScheme() + "://" + root.getRawAuthority();
  }
}
