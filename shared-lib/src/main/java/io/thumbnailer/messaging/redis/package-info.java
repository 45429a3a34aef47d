/**
 * Messaging on Redis Streams with Lettuce. Every transition of a message is one Lua script; the
 * scripts stand beside this package among the resources.
 */
package io.thumbnailer.messaging.redis;
