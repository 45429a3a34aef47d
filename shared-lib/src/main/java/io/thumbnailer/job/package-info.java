/** Thumbnail jobs: their identity, their life and where their parts are stored. */
package io.thumbnailer.job;
