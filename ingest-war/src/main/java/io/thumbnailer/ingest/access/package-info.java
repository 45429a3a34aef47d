/** Who may call what, and how often. */
package io.thumbnailer.ingest.access;
