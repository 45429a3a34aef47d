/** Limits that hold across servers: how fast and how much one subject may do something. */
package io.thumbnailer.limit;
