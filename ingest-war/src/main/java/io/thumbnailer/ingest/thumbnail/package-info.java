/** Delivers thumbnails, or redirects to storage or a CDN. */
package io.thumbnailer.ingest.thumbnail;
