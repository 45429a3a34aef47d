/** The report: what was found, for someone who was not there, as one HTML file. */
package io.thumbnailer.scalinglab.report;
