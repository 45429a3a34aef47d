package io.thumbnailer.scalinglab.report;

/**
 * Something that a study shows.
 *
 * @param title in a few plain words
 * @param text with the figures
 */
public record Finding(String title, String text) {}
