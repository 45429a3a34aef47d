/** Tells webhooks of the end of jobs, through a queue of their own. */
package io.thumbnailer.worker.webhook;
