/** Object storage, and its implementation on the S3 protocol. */
package io.thumbnailer.storage;
