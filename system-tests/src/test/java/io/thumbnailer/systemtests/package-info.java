/**
 * The service as its users meet it: real servers as processes of their own, real Redis, real S3.
 * {@code Deployment} is what is tested, {@code ThumbnailerClient} is who tests it.
 */
package io.thumbnailer.systemtests;
