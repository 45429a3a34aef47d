/** Rate limits and quotas that apply across all servers. */
package io.thumbnailer.limit;
