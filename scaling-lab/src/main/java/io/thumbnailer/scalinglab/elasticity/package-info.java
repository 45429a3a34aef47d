/**
 * How well a supply of workers follows the demand for them: the elasticity metrics of the SPEC
 * Research Group, and the demand derived from arrivals and service rate alone.
 */
package io.thumbnailer.scalinglab.elasticity;
