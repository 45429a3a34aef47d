package io.thumbnailer.ingest.admin;

/**
 * The result of a bulk deletion.
 *
 * @param deleted number of deleted dead letters
 */
public record DeletedView(long deleted) {}
