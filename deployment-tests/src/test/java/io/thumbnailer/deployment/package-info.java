/**
 * Checks the deployment against its schemas, for consistency, and against the code.
 *
 * <p>The package has more than 25 classes because half of them are independent tests of the same
 * files.
 */
package io.thumbnailer.deployment;
