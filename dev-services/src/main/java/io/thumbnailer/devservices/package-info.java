/** Real Redis and S3 servers for development and tests. */
package io.thumbnailer.devservices;
