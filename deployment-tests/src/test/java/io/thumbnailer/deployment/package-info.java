/** Checks the deployment against its schemas, for consistency, and against the code. */
package io.thumbnailer.deployment;
