/** Pictures that tests make, good and bad. */
package io.thumbnailer.devservices.pictures;
