/** Uploads that clients send straight to storage with a presigned URL. */
package io.thumbnailer.ingest.upload.direct;
