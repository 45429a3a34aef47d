/** The calls of the service over HTTP, and what can go wrong with them. */
package io.thumbnailer.cli.service;
