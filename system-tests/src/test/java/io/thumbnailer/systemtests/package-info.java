/**
 * The service as users see it: real servers as separate processes, a real Redis, a real S3. {@code
 * Deployment} starts them, {@code ThumbnailerClient} calls them.
 *
 * <p>The package has more than 25 classes because nearly all of them are independent tests, one for
 * each behaviour.
 */
package io.thumbnailer.systemtests;
