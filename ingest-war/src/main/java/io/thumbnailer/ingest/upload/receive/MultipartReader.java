package io.thumbnailer.ingest.upload.receive;

import io.thumbnailer.digest.Sha256;
import io.thumbnailer.ingest.http.Problem;
import io.thumbnailer.ingest.http.ProblemCode;
import io.thumbnailer.ingest.http.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Optional;

/**
 * Reads {@code multipart/form-data} as a stream: file parts are hashed and written to temporary
 * files, never kept in the heap.
 */
public final class MultipartReader {
  private static final String FILE_PART = "file";
  private static final int MAX_FIELD_BYTES = 4096;
  private static final int MAX_FIELDS = 16;
  private static final int BUFFER_BYTES = 64 * 1024;

  private final IngestSettings settings;
  private final UploadCapacity capacity;
  private final UploadSpool spool;

  /** A form that is being read. */
  private record Reading(BoundedBody body, UploadCapacity.Share share, UploadForm form) {}

  public MultipartReader(IngestSettings settings, UploadCapacity capacity, UploadSpool spool) {
    this.settings = settings;
    this.capacity = capacity;
    this.spool = spool;
  }

  /**
   * Reads the whole form. A file beyond its limit is refused, and the rest of the form is still
   * read.
   *
   * @throws ProblemException if the body is malformed, too slow or too large, or if the server has
   *     no capacity
   */
  public UploadForm read(
      Optional<String> caller, String contentType, long contentLength, InputStream source) {
    if (contentLength > settings.maxRequestBytes()) {
      throw new ProblemException(BoundedBody.tooLarge(settings.maxRequestBytes()), null);
    }
    UploadCapacity.Share share = capacity.begin(caller, contentLength);
    UploadForm form = new UploadForm(share);
    BoundedBody body =
        new BoundedBody(source, settings.limits().maxDuration(), settings.maxRequestBytes());
    boolean complete = false;
    try (FormParts parts = new FormParts(contentType, body)) {
      readAll(parts, new Reading(body, share, form));
      complete = true;
      return form;
    } catch (IOException e) { // including a truncated form
      throw new ProblemException(ProblemCode.BAD_REQUEST, "the request body could not be read", e);
    } finally {
      if (!complete) {
        form.close();
      }
    }
  }

  private void readAll(FormParts parts, Reading reading) throws IOException {
    int files = 0;
    int fields = 0;
    for (Optional<FormParts.Part> next = parts.next(); next.isPresent(); next = parts.next()) {
      FormParts.Part part = next.get();
      if (part.filename().isEmpty()) {
        if (++fields > MAX_FIELDS) {
          throw new ProblemException(
              ProblemCode.BAD_REQUEST, "more than " + MAX_FIELDS + " fields besides the files");
        }
        reading.form.field(part.name(), readField(part.content()));
      } else if (FILE_PART.equals(part.name())) {
        if (++files > settings.maxFiles()) {
          throw new ProblemException(
              ProblemCode.TOO_LARGE, "more than " + settings.maxFiles() + " files");
        }
        receive(DisplayName.of(part.filename().get()), part.content(), reading);
      }
    }
  }

  private void receive(String label, InputStream content, Reading reading) throws IOException {
    Path file = spool.newFile();
    long size = 0;
    boolean kept = false;
    try {
      MessageDigest sha256 = Sha256.newDigest();
      size = copy(content, file, sha256, reading);
      if (size > settings.maxBytes()) {
        reading.form.refused(
            label,
            Problem.of(
                ProblemCode.TOO_LARGE,
                "the file is larger than " + settings.maxBytes() + " bytes"));
      } else {
        reading.form.received(new ReceivedFile(label, file, size, Sha256.hex(sha256)));
        kept = true;
      }
    } finally {
      if (!kept) {
        Files.deleteIfExists(file);
        reading.share.giveBack(size);
      }
    }
  }

  /** Copies up to one byte beyond the limit; the form's reader skips the rest. */
  private long copy(InputStream in, Path file, MessageDigest digest, Reading reading)
      throws IOException {
    long size = 0;
    byte[] buffer = new byte[BUFFER_BYTES];
    try (OutputStream out = new DigestOutputStream(Files.newOutputStream(file), digest)) {
      int read;
      while (size <= settings.maxBytes() && (read = in.readNBytes(buffer, 0, BUFFER_BYTES)) > 0) {
        reading.share.take(read);
        out.write(buffer, 0, read);
        size += read;
      }
    } catch (ProblemException e) {
      reading.body.refuse(e.problem());
      throw e;
    }
    return size;
  }

  private static String readField(InputStream content) throws IOException {
    byte[] value = content.readNBytes(MAX_FIELD_BYTES + 1);
    if (value.length > MAX_FIELD_BYTES) {
      throw new ProblemException(
          ProblemCode.BAD_REQUEST, "a field is longer than " + MAX_FIELD_BYTES + " bytes");
    }
    return new String(value, StandardCharsets.UTF_8);
  }
}
