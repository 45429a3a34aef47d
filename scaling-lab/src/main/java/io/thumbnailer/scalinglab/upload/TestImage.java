package io.thumbnailer.scalinglab.upload;

/**
 * A picture to upload.
 *
 * @param label its size, for people
 * @param fileName that the client gives
 * @param content the file
 */
public record TestImage(String label, String fileName, ImageBytes content) {}
