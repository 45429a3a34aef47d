/** Charts as SVG text: small, without scripts, and readable in print and by colour-blind people. */
package io.thumbnailer.scalinglab.plot;
