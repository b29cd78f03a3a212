/**
 * What this node knows of the others, of the catalog and of the locations; answered from memory.
 */
package io.movingdata.gateway.health;
