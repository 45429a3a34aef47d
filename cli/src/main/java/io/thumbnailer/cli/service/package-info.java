/** The calls of the service over HTTP and their failures. */
package io.thumbnailer.cli.service;
