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

/** Decides whether this server sends a thumbnail itself, or where it sends the client. */
@Singleton
public class ThumbnailDelivery implements StartTask {
  private static final System.Logger LOG = System.getLogger(ThumbnailDelivery.class.getName());

  /** An address behind a CDN is good for ever, but configuration may change. */
  private static final Duration CDN_CACHING = Duration.ofHours(1);

  private final DeliverySettings settings;
  private final ObjectStore objects;

  /**
   * Another address of a thumbnail.
   *
   * @param address where it is
   * @param caching how long a client may go there without asking again
   */
  public record Redirect(URI address, Duration caching) {}

  /** By configuration; throws {@code InvalidSettingException}. */
  @Inject
  public ThumbnailDelivery(SettingsReader reader, ObjectStore objects) {
    this.settings = DeliverySettings.from(reader);
    this.objects = objects;
  }

  /** Building it was the check of the settings. */
  @Override
  public void start() {}

  /** Whether clients are sent elsewhere. */
  public boolean redirects() {
    return settings.mode() != DeliverySettings.Mode.PROXY;
  }

  /**
   * Where a thumbnail is to be got from; empty when it is from here.
   *
   * @param cacheControl what storage is to tell caches of it
   */
  public Optional<Redirect> redirect(String key, String cacheControl) {
    return switch (settings.mode()) {
      case PROXY -> Optional.empty();
      case PRESIGNED ->
          Optional.of(
              new Redirect(
                  objects.presignGet(key, cacheControl, settings.presignedTtl()),
                  // what is taken from a cache in the last moment is still good as long again
                  settings.presignedTtl().dividedBy(2)));
      case CDN -> Optional.of(new Redirect(behindCdn(key), CDN_CACHING));
    };
  }

  /** The origin that a page's pictures come from, for its security policy; empty when ours. */
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
