/** The command line. */
package io.thumbnailer.scalinglab.cli;
