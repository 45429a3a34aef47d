package io.thumbnailer.ingest.upload.receive;

import io.thumbnailer.config.SettingsReader;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;

/** Settings of a test. */
public final class TestSettings {
  private TestSettings() {}

  /** Settings with these keys and values only. */
  public static SettingsReader of(Map<String, String> values) {
    return new SettingsReader(
        (Config)
            Proxy.newProxyInstance(
                TestSettings.class.getClassLoader(),
                new Class<?>[] {Config.class},
                (proxy, method, arguments) ->
                    method.getName().equals("getPropertyNames")
                        ? values.keySet()
                        : Optional.ofNullable(values.get((String) arguments[0]))));
  }
}
