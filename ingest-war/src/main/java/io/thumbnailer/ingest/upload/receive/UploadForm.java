package io.thumbnailer.ingest.upload.receive;

import io.thumbnailer.ingest.http.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A received multipart form; closing it deletes the temporary files and releases the upload's
 * capacity.
 */
public final class UploadForm implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(UploadForm.class.getName());

  private final List<Part> parts = new ArrayList<>();
  private final Map<String, String> fields = new HashMap<>();
  private final UploadCapacity.Share share;

  /** Creates an empty form for a started upload. */
  UploadForm(UploadCapacity.Share share) {
    this.share = share;
  }

  /**
   * A file part, received or refused.
   *
   * @param label the client's name for it
   * @param file present if it was received
   * @param problem present if it was refused
   */
  public record Part(String label, Optional<ReceivedFile> file, Optional<Problem> problem) {}

  void received(ReceivedFile file) {
    parts.add(new Part(file.label(), Optional.of(file), Optional.empty()));
  }

  void refused(String label, Problem problem) {
    parts.add(new Part(label, Optional.empty(), Optional.of(problem)));
  }

  void field(String name, String value) {
    fields.put(name, value);
  }

  /** The file parts, in their order. */
  public List<Part> parts() {
    return List.copyOf(parts);
  }

  /** A text field; blank counts as missing. */
  public Optional<String> field(String name) {
    return Optional.ofNullable(fields.get(name)).map(String::strip).filter(v -> !v.isEmpty());
  }

  @Override
  public void close() {
    for (Part part : parts) {
      part.file().ifPresent(UploadForm::delete);
    }
    share.close();
  }

  private static void delete(ReceivedFile file) {
    try {
      Files.deleteIfExists(file.content());
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "could not delete a temporary file", e);
    }
  }
}
