/**
 * The same control loop over real servers on this machine: it calibrates the simulation and shows
 * how far it is from reality.
 */
package io.thumbnailer.scalinglab.local;
