/** The upload call: admission, options, idempotency and back-pressure. */
package io.thumbnailer.ingest.upload;
