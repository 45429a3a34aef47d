/** Job ids in the server's logs. */
package io.thumbnailer.worker.log;
