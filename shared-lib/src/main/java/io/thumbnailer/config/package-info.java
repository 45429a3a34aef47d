/**
 * Typed, validated settings from MicroProfile Config. Every key is documented in
 * docs/configuration.md.
 */
package io.thumbnailer.config;
