/** The files that are uploaded, and those that thumbnails are saved in. */
package io.thumbnailer.cli.files;
