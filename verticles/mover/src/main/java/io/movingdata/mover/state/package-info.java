/** The pure part of the mover: what follows what. Nothing here does I/O or knows Vert.x. */
package io.movingdata.mover.state;
