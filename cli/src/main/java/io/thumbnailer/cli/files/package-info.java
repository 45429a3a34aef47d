/** The files to upload and the files in which thumbnails are saved. */
package io.thumbnailer.cli.files;
