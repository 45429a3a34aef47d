/**
 * Reads the Kubernetes manifests that are shipped, so that what is studied is what runs. The reader
 * is strict: a field that it does not know is an error, since it could change the result.
 */
package io.thumbnailer.scalinglab.manifest;
