package io.thumbnailer.ingest.admin;

/**
 * The result of replaying all dead letters.
 *
 * @param replayed number of dead letters replayed
 */
public record ReplayView(long replayed) {}
