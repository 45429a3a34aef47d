/** Output: results, messages, and a status line that is rewritten in place. */
package io.thumbnailer.cli.terminal;
