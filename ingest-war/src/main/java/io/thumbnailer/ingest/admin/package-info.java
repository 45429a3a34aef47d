/** The calls of those who operate the service. */
package io.thumbnailer.ingest.admin;
