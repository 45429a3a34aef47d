/** Deletes expired objects from storage. */
package io.thumbnailer.ingest.retention;
