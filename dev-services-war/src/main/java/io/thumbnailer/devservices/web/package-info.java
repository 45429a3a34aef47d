/** Starts the development services for a local Open Liberty server. */
package io.thumbnailer.devservices.web;
