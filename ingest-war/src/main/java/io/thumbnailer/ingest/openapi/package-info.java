/** Additions to the API description beyond annotations. */
package io.thumbnailer.ingest.openapi;
