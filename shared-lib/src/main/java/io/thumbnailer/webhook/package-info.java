/** Who may be told of a job's end, and how the message is signed. */
package io.thumbnailer.webhook;
