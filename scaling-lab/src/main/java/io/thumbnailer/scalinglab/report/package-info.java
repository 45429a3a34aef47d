/** The report: the findings as one HTML file, for readers without prior knowledge. */
package io.thumbnailer.scalinglab.report;
