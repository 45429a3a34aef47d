/** Lets pages of other origins call the API, as configuration says. */
package io.thumbnailer.ingest.http.cors;
