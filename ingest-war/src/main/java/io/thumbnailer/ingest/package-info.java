/** The ingest application. */
package io.thumbnailer.ingest;
