/** Starts the development services beside a local Open Liberty server. */
package io.thumbnailer.devservices.web;
