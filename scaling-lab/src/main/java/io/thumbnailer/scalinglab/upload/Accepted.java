package io.thumbnailer.scalinglab.upload;

/**
 * An upload that was accepted.
 *
 * @param jobId the job that it became
 * @param image its size
 * @param scheduledSeconds when it was due, since the start of the load
 * @param uploadSeconds from then until the response
 */
public record Accepted(String jobId, String image, double scheduledSeconds, double uploadSeconds) {}
