/**
 * Reads the shipped Kubernetes manifests, so that the study uses the settings that really run. The
 * reader is strict: an unknown field is an error, since it could change the result.
 */
package io.thumbnailer.scalinglab.manifest;
