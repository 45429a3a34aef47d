/** Thumbnail jobs: their ids, their states and where their parts are stored. */
package io.thumbnailer.job;
