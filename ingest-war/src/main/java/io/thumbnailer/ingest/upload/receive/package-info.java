/** Reads a multipart request to disk within its limits. */
package io.thumbnailer.ingest.upload.receive;
