package io.thumbnailer.scalinglab.upload;

/**
 * An image to upload.
 *
 * @param label its size, for people
 * @param fileName that the client gives
 * @param contentType its media type
 * @param content the file
 */
public record TestImage(String label, String fileName, String contentType, ImageBytes content) {}
