/** The data of imaging: renditions, headers, budgets and errors. */
package io.thumbnailer.imaging.model;
