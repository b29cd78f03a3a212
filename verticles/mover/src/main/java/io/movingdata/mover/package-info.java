/**
 * Moving, copying and deleting. {@code submit} takes requests, {@code state} decides, {@code run}
 * executes, {@code transfer} carries bytes, {@code bulk} turns selections into moves, {@code
 * collect} is the one place that deletes.
 */
package io.movingdata.mover;
