/** The upload page and the operator page. */
package io.thumbnailer.ingest.page;
