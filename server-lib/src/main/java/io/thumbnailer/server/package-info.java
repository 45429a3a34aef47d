/** What the ingest and the worker application share and what needs CDI or Open Liberty. */
package io.thumbnailer.server;
