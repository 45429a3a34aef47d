/** Receives a multipart request on disk, within limits. */
package io.thumbnailer.ingest.upload.receive;
