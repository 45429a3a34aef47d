/** Deletes from storage what nobody needs any more. */
package io.thumbnailer.ingest.retention;
