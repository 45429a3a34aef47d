package io.thumbnailer.storage;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.ContentStreamProvider;

/**
 * A file as the body of a request, read in large blocks: the SDK reads 4 KiB at a time, and reads a
 * file twice if it is signed as a whole.
 */
final class FileContent {
  private static final int READ_BYTES = 64 * 1024;

  private FileContent() {}

  static RequestBody of(Path file, String contentType) {
    try {
      return RequestBody.fromContentProvider(
          ContentStreamProvider.fromInputStreamSupplier(() -> open(file)),
          Files.size(file),
          contentType);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static InputStream open(Path file) {
    try {
      return new BufferedInputStream(Files.newInputStream(file), READ_BYTES) {
        /** A retry opens the file again; a mark would make the buffer grow to the whole file. */
        @Override
        public boolean markSupported() {
          return false;
        }
      };
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
