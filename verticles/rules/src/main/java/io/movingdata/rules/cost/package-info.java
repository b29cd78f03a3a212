/** List prices, and what keeping, reading and moving a file costs. Pure. */
package io.movingdata.rules.cost;
