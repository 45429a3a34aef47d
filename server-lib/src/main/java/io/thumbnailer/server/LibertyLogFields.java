package io.thumbnailer.server;

import com.ibm.websphere.logging.hpel.LogRecordContext;
import io.thumbnailer.log.LogFields;

/** Adds fields to Open Liberty's JSON logs. Their names there begin with {@code ext_}. */
public final class LibertyLogFields implements LogFields {
  @Override
  public void put(String name, String value) {
    LogRecordContext.addExtension(name, value);
  }

  @Override
  public void remove(String name) {
    LogRecordContext.removeExtension(name);
  }
}
