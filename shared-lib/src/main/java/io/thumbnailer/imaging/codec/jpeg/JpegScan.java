package io.thumbnailer.imaging.codec.jpeg;

/**
 * One of a JPEG's scans.
 *
 * @param start of its entropy-coded data in the file
 * @param components that are in it; of several, the blocks take turns
 * @param columns units in a row
 * @param rows of units
 * @param holdsDc whether it codes DC coefficients
 * @param refines whether it adds a bit to coefficients that another scan has begun
 * @param shift the place of the lowest bit that it codes
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
