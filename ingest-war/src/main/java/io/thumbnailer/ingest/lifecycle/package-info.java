/** What runs once when ingest starts. */
package io.thumbnailer.ingest.lifecycle;
