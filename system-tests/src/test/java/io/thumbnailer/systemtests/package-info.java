/**
 * The service as users see it: real servers as separate processes, a real Redis, a real S3. {@code
 * Deployment} starts them, {@code ThumbnailerClient} calls them.
 */
package io.thumbnailer.systemtests;
