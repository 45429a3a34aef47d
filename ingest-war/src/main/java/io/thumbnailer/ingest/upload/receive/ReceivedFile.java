package io.thumbnailer.ingest.upload.receive;

import java.nio.file.Path;

/**
 * A file part that was received completely.
 *
 * @param label the client's name for it
 * @param content a temporary file, deleted when the form is closed
 * @param size in bytes
 * @param sha256 in lower-case hex
 */
public record ReceivedFile(String label, Path content, long size, String sha256) {}
