package io.thumbnailer.ingest;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.apache.commons.fileupload2.core.FileItemInput;
import org.apache.commons.fileupload2.core.FileItemInputIterator;
import org.apache.commons.fileupload2.core.FileUploadContentTypeException;
import org.apache.commons.fileupload2.core.FileUploadSizeException;
import org.apache.commons.fileupload2.jakarta.servlet6.JakartaServletDiskFileUpload;

/**
 * Reads {@code multipart/form-data} as a stream: file parts go to temporary files, hashed on their
 * way, and never into the heap.
 */
final class MultipartReader {
  private static final String FILE_PART = "file";
  private static final int MAX_FIELD_BYTES = 4096;

  /** The library's 512 bytes are less than a file name of 255 letters may take. */
  private static final int MAX_PART_HEADER_BYTES = 8192;

  private static final int BUFFER_BYTES = 64 * 1024;

  private final IngestSettings settings;
  private final UploadCapacity capacity;
  private final ReceivingFolder folder;

  /** One form that is being read. */
  private record Reading(TimedBody body, UploadCapacity.Share share, UploadForm form) {}

  MultipartReader(IngestSettings settings, UploadCapacity capacity, ReceivingFolder folder) {
    this.settings = settings;
    this.capacity = capacity;
    this.folder = folder;
  }

  /**
   * Reads the whole form. A file over its limit is refused and the rest of the form still read.
   *
   * @throws ProblemException when the body is no readable form, comes too slowly, is over the
   *     limits as a whole, or finds the server full
   */
  UploadForm read(String contentType, long contentLength, InputStream source) {
    if (contentLength > settings.maxRequestBytes()) {
      throw requestTooLarge(null);
    }
    UploadCapacity.Share share = capacity.begin(contentLength);
    UploadForm form = new UploadForm(share);
    TimedBody body = new TimedBody(source, settings.limits().maxDuration());
    boolean complete = false;
    try {
      JakartaServletDiskFileUpload upload = newUpload();
      FileItemInputIterator parts =
          upload.getItemIterator(new MultipartBody(contentType, contentLength, body));
      int files = 0;
      while (parts.hasNext()) {
        FileItemInput part = parts.next();
        String filename = upload.getFileName(part.getHeaders());
        if (filename == null) {
          form.field(part.getFieldName(), readField(part));
        } else if (FILE_PART.equals(part.getFieldName())) {
          if (++files > settings.maxFiles()) {
            throw new ProblemException(
                ProblemCode.TOO_LARGE, "more than " + settings.maxFiles() + " files");
          }
          receive(FileLabel.of(filename), part, new Reading(body, share, form));
        }
      }
      complete = true;
      return form;
    } catch (FileUploadSizeException e) {
      throw requestTooLarge(e);
    } catch (FileUploadContentTypeException e) {
      throw new ProblemException(
          ProblemCode.NO_FILE, "send multipart/form-data with a part named file", e);
    } catch (IOException e) { // also a malformed form
      throw new ProblemException(ProblemCode.BAD_REQUEST, "the request body is broken", e);
    } finally {
      if (!complete) {
        form.close();
      }
    }
  }

  private JakartaServletDiskFileUpload newUpload() {
    JakartaServletDiskFileUpload upload = new JakartaServletDiskFileUpload();
    upload.setHeaderCharset(StandardCharsets.UTF_8);
    upload.setMaxSize(settings.maxRequestBytes());
    upload.setMaxPartHeaderSize(MAX_PART_HEADER_BYTES);
    return upload;
  }

  private ProblemException requestTooLarge(Exception cause) {
    return new ProblemException(
        ProblemCode.TOO_LARGE,
        "the request is larger than %d bytes, or a part's header than %d"
            .formatted(settings.maxRequestBytes(), MAX_PART_HEADER_BYTES),
        cause);
  }

  private void receive(String label, FileItemInput part, Reading reading) throws IOException {
    Path file = folder.newFile();
    long size = 0;
    boolean kept = false;
    try (InputStream in = part.getInputStream()) {
      MessageDigest sha256 = sha256();
      size = copy(in, file, sha256, reading);
      if (size > settings.maxBytes()) {
        reading.form.refused(
            label,
            Problem.of(
                ProblemCode.TOO_LARGE,
                "the file is larger than " + settings.maxBytes() + " bytes"));
      } else {
        reading.form.received(
            new ReceivedFile(label, file, size, HexFormat.of().formatHex(sha256.digest())));
        kept = true;
      }
    } finally {
      if (!kept) {
        Files.deleteIfExists(file);
        reading.share.giveBack(size);
      }
    }
  }

  /** Copies up to the limit and one byte more; the form's reader skips what is left. */
  private long copy(InputStream in, Path file, MessageDigest digest, Reading reading)
      throws IOException {
    long size = 0;
    byte[] buffer = new byte[BUFFER_BYTES];
    try (OutputStream out = new DigestOutputStream(Files.newOutputStream(file), digest)) {
      int read;
      while (size <= settings.maxBytes() && (read = in.read(buffer)) >= 0) {
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

  private static String readField(FileItemInput part) throws IOException {
    try (InputStream in = part.getInputStream()) {
      byte[] value = in.readNBytes(MAX_FIELD_BYTES + 1);
      if (value.length > MAX_FIELD_BYTES) {
        throw new ProblemException(
            ProblemCode.BAD_REQUEST, "a field is longer than " + MAX_FIELD_BYTES + " bytes");
      }
      return new String(value, StandardCharsets.UTF_8);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
