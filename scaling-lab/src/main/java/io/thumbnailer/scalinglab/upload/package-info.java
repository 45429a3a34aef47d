/**
 * Drives a deployment with real uploads in an open loop: an upload begins at its scheduled time,
 * regardless of earlier ones. Latencies count from that time, so that a slow answer is not hidden
 * by the uploads it held back (coordinated omission, G. Tene).
 */
package io.thumbnailer.scalinglab.upload;
