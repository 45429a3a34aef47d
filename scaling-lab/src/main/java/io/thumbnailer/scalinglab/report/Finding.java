package io.thumbnailer.scalinglab.report;

/**
 * A finding of a study.
 *
 * @param title a few plain words
 * @param text the explanation with the figures
 * @param chart that shows it, as SVG; may be empty
 */
public record Finding(String title, String text, String chart) {}
