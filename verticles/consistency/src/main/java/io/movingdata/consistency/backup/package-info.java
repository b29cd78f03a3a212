/** Keeps encrypted copies of the catalog beside the objects, and restores it from one. */
package io.movingdata.consistency.backup;
