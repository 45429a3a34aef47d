/** Images for tests, valid and invalid. */
package io.thumbnailer.devservices.images;
