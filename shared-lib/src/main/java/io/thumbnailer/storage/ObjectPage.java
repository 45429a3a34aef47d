package io.thumbnailer.storage;

import java.util.List;

/**
 * A page of a listing.
 *
 * @param objects in lexical order of their keys
 * @param truncated whether there are more
 */
public record ObjectPage(List<ObjectInfo> objects, boolean truncated) {
  public ObjectPage {
    objects = List.copyOf(objects);
  }
}
