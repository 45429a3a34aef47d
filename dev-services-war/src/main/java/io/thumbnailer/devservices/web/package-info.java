/** The development services as a part of the local server. */
package io.thumbnailer.devservices.web;
