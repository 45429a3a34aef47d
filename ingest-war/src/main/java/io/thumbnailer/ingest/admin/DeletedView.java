package io.thumbnailer.ingest.admin;

/**
 * The answer of a deletion of many.
 *
 * @param deleted how many are gone
 */
public record DeletedView(long deleted) {}
