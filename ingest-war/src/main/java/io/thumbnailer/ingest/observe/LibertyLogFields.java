package io.thumbnailer.ingest.observe;

import com.ibm.websphere.logging.hpel.LogRecordContext;
import io.thumbnailer.log.LogFields;

/** Fields in Open Liberty's logs in JSON, where their names begin with {@code ext_}. */
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
