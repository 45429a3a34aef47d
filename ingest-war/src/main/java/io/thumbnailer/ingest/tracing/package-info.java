/** The request's trace, handed on to who does the job. */
package io.thumbnailer.ingest.tracing;
