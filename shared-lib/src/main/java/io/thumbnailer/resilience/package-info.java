/** Protects callers from services that hang. */
package io.thumbnailer.resilience;
