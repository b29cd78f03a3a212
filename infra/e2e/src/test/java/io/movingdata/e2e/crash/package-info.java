/**
 * The crash matrix: real nodes, stopped at each place between two effects, killed or frozen there;
 * then everything must come to rest, and nothing may be lost.
 */
package io.movingdata.e2e.crash;
