/** The operations API. */
package io.thumbnailer.ingest.admin;
