/** What the description of the API says beyond the annotations of its calls. */
package io.thumbnailer.ingest.openapi;
