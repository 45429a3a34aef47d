/** Calls webhooks when jobs have ended, through a separate queue. */
package io.thumbnailer.worker.webhook;
