/** Job ids in the server's logs. */
package io.thumbnailer.ingest.log;
