/**
 * How well a supply of workers follows the demand for them: published elasticity metrics, and the
 * demand derived from arrivals and service rate alone.
 */
package io.thumbnailer.scalinglab.elasticity;
