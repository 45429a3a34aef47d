/** Code that ingest and worker share and that needs CDI or Open Liberty. */
package io.thumbnailer.server;
