package io.thumbnailer.ingest.admin;

/**
 * What a replay of all dead letters did.
 *
 * @param replayed how many were put back
 */
public record ReplayView(long replayed) {}
