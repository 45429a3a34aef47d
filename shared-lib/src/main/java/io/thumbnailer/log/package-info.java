/** The job id as a separate field of log lines. */
package io.thumbnailer.log;
