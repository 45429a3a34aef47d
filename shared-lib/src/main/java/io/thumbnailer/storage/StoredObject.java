package io.thumbnailer.storage;

import java.io.IOException;
import java.io.InputStream;

/**
 * An object's bytes, streaming from the store.
 *
 * @param info the store's description of it
 * @param content its bytes; closed by {@link #close}
 */
public record StoredObject(ObjectInfo info, InputStream content) implements AutoCloseable {
  @Override
  public void close() throws IOException {
    content.close();
  }
}
