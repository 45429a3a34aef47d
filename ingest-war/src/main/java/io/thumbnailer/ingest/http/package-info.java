/** The HTTP conventions of every resource: problem details, links, paging and security headers. */
package io.thumbnailer.ingest.http;
