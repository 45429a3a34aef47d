package io.thumbnailer.imaging.codec.jpeg;

/**
 * A scan of a JPEG.
 *
 * @param start of its entropy-coded data in the file
 * @param components that it contains; the blocks of several components alternate
 * @param columns number of units in a row
 * @param rows number of rows of units
 * @param holdsDc whether it codes DC coefficients
 * @param refines whether it adds a bit to coefficients that another scan has begun
 * @param shift the position of the lowest bit that it codes
 */
@SuppressWarnings("ArrayRecordComponent") // read in the inner loop, never compared
record JpegScan(
    int start,
    JpegComponent[] components,
    int columns,
    int rows,
    boolean holdsDc,
    boolean refines,
    int shift) {}
