/** What log lines are about, as a field of their own beside the text. */
package io.thumbnailer.log;
