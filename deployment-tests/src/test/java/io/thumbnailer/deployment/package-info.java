/** What is deployed, checked against its schemas, against itself and against the code. */
package io.thumbnailer.deployment;
