/** Delivers thumbnails, or redirects to where they are stored. */
package io.thumbnailer.ingest.thumbnail;
