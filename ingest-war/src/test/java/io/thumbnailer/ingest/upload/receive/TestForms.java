package io.thumbnailer.ingest.upload.receive;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Received forms of a test. */
public final class TestForms {
  private TestForms() {}

  /** A form with fields and one file, of which only its digest matters. */
  public static UploadForm of(Map<String, String> fields, String filename, String sha256) {
    UploadForm form = empty();
    fields.forEach(form::field);
    form.received(new ReceivedFile(filename, Path.of("unused"), 1, sha256));
    return form;
  }

  private static UploadForm empty() {
    UploadLimits limits = new UploadLimits(1, 1, 1, Duration.ofMinutes(1));
    return new UploadForm(new UploadCapacity(limits).begin(Optional.empty(), 0));
  }
}
