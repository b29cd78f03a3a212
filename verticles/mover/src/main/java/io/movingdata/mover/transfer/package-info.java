/**
 * The bytes of copies, behind one interface: what decides about moves and deletions asks for whole
 * copies to be written and read back, and does not see a frame.
 */
package io.movingdata.mover.transfer;
