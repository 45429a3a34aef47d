/** What this server offers, for clients that adapt to it. */
package io.thumbnailer.ingest.capabilities;
