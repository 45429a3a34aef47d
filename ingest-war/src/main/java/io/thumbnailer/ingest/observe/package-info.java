/** Queue gauges, trace context and log fields. */
package io.thumbnailer.ingest.observe;
