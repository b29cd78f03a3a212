/** Requests about single files: who may ask, what is recorded, what is answered. */
package io.movingdata.mover.submit;
