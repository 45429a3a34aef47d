package io.thumbnailer.scalinglab.upload;

/**
 * An image to upload.
 *
 * @param label its size, for people
 * @param fileName that the client gives
 * @param content the file
 */
public record TestImage(String label, String fileName, ImageBytes content) {}
