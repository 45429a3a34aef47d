/** Cross-origin resource sharing. */
package io.thumbnailer.ingest.http.cors;
