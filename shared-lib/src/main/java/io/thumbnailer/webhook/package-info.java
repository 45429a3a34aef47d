/** Which webhooks may be called, and how calls are signed. */
package io.thumbnailer.webhook;
