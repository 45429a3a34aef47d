/** What is printed, and on what: results, messages, a status line that is rewritten in place. */
package io.thumbnailer.cli.terminal;
