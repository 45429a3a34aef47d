/** Message digests. Depends on no other package. */
package io.thumbnailer.digest;
