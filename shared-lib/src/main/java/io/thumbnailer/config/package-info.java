/** Typed, validated settings from MicroProfile Config. Every key is documented in the README. */
package io.thumbnailer.config;
