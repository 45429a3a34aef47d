/** What keeps a service that hangs from making its callers hang. */
package io.thumbnailer.resilience;
