/** Tasks that run once when ingest starts. */
package io.thumbnailer.ingest.lifecycle;
