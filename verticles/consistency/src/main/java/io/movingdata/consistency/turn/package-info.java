/** One node at a time does what concerns the whole cluster. */
package io.movingdata.consistency.turn;
